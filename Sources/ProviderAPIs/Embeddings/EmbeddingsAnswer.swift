package import GatewayCore
package import NIOCore

/// An answer with embeddings: writes the gateway's own, and reads what a provider's cost.
package enum EmbeddingsAnswer {
    /// - Parameters:
    ///   - vectors: in the order of the inputs.
    ///   - model: as the client is to see it.
    ///   - tokens: of all inputs.
    package static func body(
        _ vectors: [EmbeddingVector], model: String, form: EmbeddingsRequest.Form, tokens: Int
    ) -> ByteBuffer {
        // A component is at most 13 bytes of decimal or 16/3 of base64.
        let size = vectors.reduce(256) { $0 + 64 + $1.dimension * (form == .base64 ? 6 : 14) }
        var json = JSONWriter(capacity: size)
        json.object { json in
            json.member("object", "list")
            json.array("data") { json in
                for (index, vector) in vectors.enumerated() {
                    json.object { json in
                        json.member("object", "embedding")
                        json.member("index", index)
                        json.key("embedding")
                        write(vector, form, to: &json)
                    }
                }
            }
            json.member("model", model)
            json.object("usage") {
                $0.member("prompt_tokens", tokens)
                $0.member("total_tokens", tokens)
            }
        }
        return json.bytes
    }

    /// What a provider's answer cost; nil where it does not say.
    static func usage(_ root: JSONElement) -> TokenUsage? {
        guard let usage = root["usage"],
            let tokens = usage["prompt_tokens"]?.integer ?? usage["total_tokens"]?.integer, tokens >= 0
        else { return nil }
        return TokenUsage(promptTokens: tokens, completionTokens: 0)
    }

    private static func write(_ vector: EmbeddingVector, _ form: EmbeddingsRequest.Form, to json: inout JSONWriter) {
        switch form {
        case .base64: json.string(base64(vector.components))
        case .float:
            var text = ByteBuffer(staticString: "[")
            for (index, component) in vector.components.enumerated() {
                if index > 0 { text.writeStaticString(",") }
                // The shortest text that is read back as the same float.
                text.writeString(component.isFinite ? component.description : "null")
            }
            text.writeStaticString("]")
            json.json(JSONText(valid: text))
        }
    }

    /// Little-endian 32-bit floats in base64, as `encoding_format: base64` has them.
    static func base64(_ components: [Float]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(components.count * 4)
        for component in components {
            let bits = component.bitPattern
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return Base64.encode(bytes)
    }
}
