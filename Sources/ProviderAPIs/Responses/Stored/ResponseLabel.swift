package import GatewayCore
package import NIOCore

/// What the gateway itself says of a response that it may keep: its own id, so that no two answers share one, not even
/// two hits of one entry; the response before it; and whether it is kept.
package struct ResponseLabel: Sendable {
    package let id: String
    private let previous: String?

    /// - Parameters:
    ///   - id: with the prefix of this dialect.
    ///   - previous: what the request went on from.
    package init(id: String, previous: String?) {
        self.id = id
        self.previous = previous
    }

    /// A new id that nobody can guess: it is all that an open gateway asks for.
    package static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        return "resp_" + (0..<3).map { _ in fixed(generator.next()) }.joined()
    }

    private static func fixed(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The object of a whole answer with this label; nil for what is none.
    /// - Parameter isStored: what it is to say of itself, if it can be gone on from.
    package func body(_ json: ByteBuffer, isStored: Bool) -> LabelledResponse? {
        guard let root = Self.document(json)?.root, root.kind == .object else { return nil }
        let isWhole = Self.isWhole(root)
        return LabelledResponse(json: spliced(root, isStored && isWhole), isEvent: false, isWhole: isWhole)
    }

    /// The data of an event that holds the `response` object, with this label; nil for all other events. Only the one
    /// that ends a stream well says that it is kept: before it nobody knows.
    package func event(_ data: ByteBuffer, isStored: Bool) -> LabelledResponse? {
        guard let root = Self.document(data)?.root, let response = root["response"], response.kind == .object,
            let type = root["type"]?.string, type.hasPrefix("response.")
        else { return nil }
        let isWhole = ["response.completed", "response.incomplete"].contains(type) && Self.isWhole(response)
        return LabelledResponse(json: spliced(response, isStored && isWhole), isEvent: true, isWhole: isWhole)
    }

    private func spliced(_ response: JSONElement, _ isStored: Bool) -> ByteBuffer {
        var splice = JSONSplice(response.document)
        splice.set("id", of: response, to: Self.text(id))
        if let previous { splice.set("previous_response_id", of: response, to: Self.text(previous)) }
        splice.set("store", of: response, to: ByteBuffer(string: isStored ? "true" : "false"))
        return splice.apply()
    }

    /// Whether there is something to go on from.
    private static func isWhole(_ response: JSONElement) -> Bool {
        ["completed", "incomplete"].contains(response["status"]?.string)
    }

    private static func document(_ json: ByteBuffer) -> JSONDocument? {
        try? JSONDocument(json, depthLimit: StoredResponse.depthLimit)
    }

    private static func text(_ text: String) -> ByteBuffer {
        var json = ByteBuffer()
        json.writeJSONString(text)
        return json
    }
}

/// A response object, or an event with one, that bears a ``ResponseLabel``.
package struct LabelledResponse: Sendable {
    package let json: ByteBuffer
    fileprivate let isEvent: Bool
    /// Whether it ended as its dialect demands: what failed or is still under way cannot be gone on from.
    package let isWhole: Bool

    /// The `response` object itself.
    package var object: JSONText {
        guard isEvent,
            let response = try? JSONDocument(json, depthLimit: StoredResponse.depthLimit).root["response"]
        else { return JSONText(valid: json) }
        return JSONText(response)
    }
}
