/// Named request fields, with the errors OpenAI gives for a wrong type.
extension MockJSONScanner {
    static func wrongType(_ field: String, expected: String, _ found: Kind) -> MockProviderError {
        MockProviderError(
            .invalidType, "Invalid type for '\(field)': expected \(expected), found \(found.rawValue).", param: field)
    }

    /// Throws unless the next value is of `kind`; takes nothing.
    mutating func expect(_ kind: Kind, of field: String) throws(MockProviderError) {
        let found = try self.kind()
        guard found == kind else { throw Self.wrongType(field, expected: kind.rawValue, found) }
    }

    mutating func string(of field: String) throws(MockProviderError) -> String {
        try expect(.string, of: field)
        return try string()
    }

    /// Nil if the value is null.
    mutating func optionalBoolean(of field: String) throws(MockProviderError) -> Bool? {
        if try takesNull() { return nil }
        try expect(.boolean, of: field)
        return try boolean()
    }

    /// A whole number of at least 1; nil if the value is null.
    mutating func optionalCount(of field: String) throws(MockProviderError) -> Int? {
        if try takesNull() { return nil }
        try expect(.number, of: field)
        guard let count = try number() else {
            throw MockProviderError(
                .invalidType, "Invalid type for '\(field)': expected a whole number.", param: field)
        }
        guard count >= 1 else {
            throw MockProviderError(.invalidValue, "'\(field)' must be at least 1, not \(count).", param: field)
        }
        return count
    }

    private mutating func takesNull() throws(MockProviderError) -> Bool {
        guard try kind() == .null else { return false }
        try literal("null")
        return true
    }
}
