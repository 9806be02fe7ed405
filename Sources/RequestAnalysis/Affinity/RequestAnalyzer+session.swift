package import GatewayCore
import NIOCore

extension RequestAnalyzer {
    /// What the body of a request says of the session it belongs to; nil when it says nothing.
    ///
    /// Pure; looks at no more than ``prefixLimit`` bytes of text. The same in all replicas.
    /// - Parameter source: how far to look; `prefix` looks for names first.
    package func session(of request: ChatRequest, by source: SessionSource) -> String? {
        guard source >= .named else { return nil }
        let root = request.document.root
        for (field, mark) in [("prompt_cache_key", "key"), ("user", "user"), ("safety_identifier", "user")] {
            if let name = root[field]?.string, (1...Self.nameLimit).contains(name.utf8.count) {
                return "\(mark):\(name)"
            }
        }
        return source >= .prefix ? Self.prefix(of: root) : nil
    }

    /// The most bytes of a name; longer ones are no names.
    static let nameLimit = 512
    /// Providers keep beginnings of 1,024 tokens and more: a shorter one than as many bytes is never kept.
    static let leastPrefix = 1024
    /// What is beyond does not tell sessions apart any better.
    static let prefixLimit = 16 * 1024

    /// A hash of what stays the same over the turns of a session: the tools, and the messages up to the first of the
    /// user. Nil for less than ``leastPrefix`` bytes.
    private static func prefix(of root: JSONElement) -> String? {
        // Equal hashes of different prompts cost nothing but a detour.
        var hash = FNV1a()
        var size = 0
        func add(_ element: JSONElement?) {
            guard let element, size < prefixLimit else { return }
            let text = element.rawText
            let bytes = text.readableBytesUInt8Span
            hash.add(bytes.extracting(first: min(bytes.count, prefixLimit - size)))
            hash.add(0xFF as UInt8)
            size += bytes.count
        }
        add(root["tools"])
        guard let messages = root["messages"] else { return nil }
        for message in messages.elements {
            add(message["content"])
            if message["role"]?.string == "user" || size >= prefixLimit { break }
        }
        return size >= leastPrefix ? "prefix:\(String(hash.value, radix: 16))" : nil
    }
}
