/// Values of which a list may hold each only once, with the place of the first.
struct UniqueValues {
    private let expected: String
    private var lines: [String: Int] = [:]
    /// The values in the order in which they were taken, each once.
    private(set) var all: [String] = []

    /// - Parameter expected: what the values are, such as "a provider's name".
    init(_ expected: String) {
        self.expected = expected
    }

    /// Takes one more value; one that was taken before becomes an issue at its place.
    /// - Parameters:
    ///   - isShown: whether a message may repeat the value. No for secrets.
    ///   - index: where the value stands in the list behind `name`, if that is a list.
    mutating func take(
        _ value: String, isShown: Bool = true, of name: String, index: Int? = nil, in section: ConfigSection
    ) {
        guard let line = lines[value] else {
            lines[value] = section.position(of: name, index: index).line
            all.append(value)
            return
        }
        let found = isShown ? FoundText.shown(value) : "one"
        section.refuse(name, index: index, "expected \(expected) to be unique, found \(found) that line \(line) has")
    }
}
