/// Cuts texts into groups that one pass takes, in their order.
struct TextGroups: Sequence, IteratorProtocol {
    private let texts: [[Int32]]
    private let tokenCapacity: Int
    private var first = 0

    /// - Parameter tokenCapacity: tokens of a group; a longer text goes alone.
    init(_ texts: [[Int32]], tokenCapacity: Int) {
        self.texts = texts
        self.tokenCapacity = tokenCapacity
    }

    mutating func next() -> ArraySlice<[Int32]>? {
        guard first < texts.count else { return nil }
        var end = first + 1
        var tokens = texts[first].count
        while end < texts.count, tokens + texts[end].count <= tokenCapacity {
            tokens += texts[end].count
            end += 1
        }
        defer { first = end }
        return texts[first..<end]
    }
}
