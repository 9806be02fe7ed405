import GatewayCore
import NIOCore

/// The labels of a request: `metadata` of the body, and `x-refrain-metadata` over it.
enum RequestMetadata {
    /// The limits of OpenAI's `metadata`: 16 pairs, keys of 64 characters, values of 512 (counted here in bytes).
    static let pairLimit = 16
    static let keyLimit = 64
    static let valueLimit = 512

    /// - Throws: `invalidRequest` when the header is no JSON object of texts, numbers and booleans within the limits.
    ///   The body's own is the provider's to judge: what is no text there, or too long, is left out.
    static func read(body: JSONElement?, header: String?) throws(GatewayError) -> [String: String] {
        var pairs: [String: String] = [:]
        if let body {
            for member in body.members where pairs.count < pairLimit {
                guard let value = member.value.string else { continue }
                let name = member.name
                if name.utf8.count <= keyLimit, value.utf8.count <= valueLimit { pairs[name] = value }
            }
        }
        guard let header else { return pairs }
        guard header.utf8.count <= 16 * 1024, let document = try? JSONDocument(header, depthLimit: 2),
            document.root.kind == .object
        else { throw mistake("must be a JSON object such as {\"team\":\"support\"}") }
        var count = 0
        for member in document.root.members {
            count += 1
            let name = member.name
            guard count <= pairLimit, name.utf8.count <= keyLimit, let value = text(of: member.value),
                value.utf8.count <= valueLimit
            else {
                throw mistake(
                    "must hold at most \(pairLimit) pairs of a name of \(keyLimit) bytes and a text, number or boolean "
                        + "of \(valueLimit)")
            }
            pairs[name] = value
        }
        return pairs
    }

    private static func text(of value: JSONElement) -> String? {
        switch value.kind {
        case .string: value.string
        case .number, .true, .false: String(buffer: value.rawText)
        default: nil
        }
    }

    private static func mistake(_ message: String) -> GatewayError {
        GatewayError(.invalidRequest, "x-refrain-metadata \(message)", parameter: "x-refrain-metadata")
    }
}
