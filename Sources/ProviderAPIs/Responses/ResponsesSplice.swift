package import GatewayCore
package import NIOCore

/// The body for a provider that speaks the client's own dialect: the client's bytes, but for the model's name and for
/// reasoning items of the gateway's own making, which hold another provider's proofs or OpenAI's in a wrapping.
package enum ResponsesSplice {
    /// - Parameter root: the body of a request that ``ResponsesClient`` has read.
    package static func body(_ root: JSONElement, model: String) -> ByteBuffer {
        var splice = JSONSplice(root.document)
        if root["model"]?.string != model {
            var name = ByteBuffer()
            name.writeJSONString(model)
            splice.set("model", of: root, to: name)
        }
        if let input = root["input"], input.kind == .array, input.elements.contains(where: isOurs) {
            splice.replace(input, with: cleaned(input))
        }
        return splice.apply()
    }

    private static func isOurs(_ item: JSONElement) -> Bool {
        item["type"]?.string == "reasoning"
            && item["encrypted_content"]?.string.map(ReasoningSeal.isOurs) ?? false
    }

    private static func cleaned(_ input: JSONElement) -> ByteBuffer {
        var json = JSONWriter(capacity: input.range.count)
        json.array { json in
            for item in input.elements {
                guard isOurs(item) else {
                    json.json(JSONText(item))
                    continue
                }
                guard case .thought(let signature?) = item["encrypted_content"]?.string.flatMap(ReasoningSeal.init),
                    let thought = OpenAIThought(signature: signature)
                else { continue }
                json.object { json in
                    json.member("type", "reasoning")
                    if !thought.id.isEmpty { json.member("id", thought.id) }
                    json.member("summary", item["summary"].map(JSONText.init) ?? JSONText(valid: "[]"))
                    json.member("encrypted_content", thought.encrypted)
                }
            }
        }
        return json.bytes
    }
}
