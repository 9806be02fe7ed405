/// Members of a request, with an error that names the field and what it holds instead.
extension MockJSON {
    /// - Parameter field: the path of this value's member, for the error.
    func string(_ key: String, of field: String = "") throws(MockProviderError) -> String? {
        guard let value = given(key) else { return nil }
        guard let text = value.text else { throw Self.wrong(field + key, expected: "string", value) }
        return text
    }

    func boolean(_ key: String, of field: String = "") throws(MockProviderError) -> Bool? {
        guard let value = given(key) else { return nil }
        guard let flag = value.flag else { throw Self.wrong(field + key, expected: "boolean", value) }
        return flag
    }

    /// A whole number of at least `least`.
    func count(_ key: String, of field: String = "", least: Int = 1) throws(MockProviderError) -> Int? {
        guard let value = given(key) else { return nil }
        guard let count = value.count else { throw Self.wrong(field + key, expected: "a whole number", value) }
        guard count >= least else {
            throw MockProviderError(
                .invalidValue, "'\(field + key)' must be at least \(least), not \(count).", param: field + key)
        }
        return count
    }

    func array(_ key: String, of field: String = "") throws(MockProviderError) -> [MockJSON]? {
        guard let value = given(key) else { return nil }
        guard let elements = value.elements else { throw Self.wrong(field + key, expected: "array", value) }
        return elements
    }

    /// The member, which must be an object.
    func object(_ key: String, of field: String = "") throws(MockProviderError) -> MockJSON? {
        guard let value = given(key) else { return nil }
        guard value.members != nil else { throw Self.wrong(field + key, expected: "object", value) }
        return value
    }

    func strings(_ key: String, of field: String = "") throws(MockProviderError) -> [String] {
        guard let elements = try array(key, of: field) else { return [] }
        var texts: [String] = []
        for element in elements {
            guard let text = element.text else { throw Self.wrong(field + key, expected: "array of strings", element) }
            texts.append(text)
        }
        return texts
    }

    static func wrong(_ field: String, expected: String, _ found: MockJSON) -> MockProviderError {
        MockJSONScanner.wrongType(field, expected: expected, found.kind)
    }

    static func missing(_ field: String) -> MockProviderError {
        MockProviderError(.missingField, "The request needs '\(field)', which is missing or empty.", param: field)
    }
}
