internal import GatewayCore
package import NIOCore

/// What Anthropic's clients ask to learn the names of models.
package enum AnthropicModels {
    /// A list of models with these names, in their order and all at once.
    package static func list(_ names: [String]) -> ByteBuffer {
        var json = JSONWriter()
        json.object { json in
            json.array("data") { json in for name in names { write(name, to: &json) } }
            json.member("has_more", false)
            json.ids(names)
        }
        return json.bytes
    }

    /// The answer to `GET /v1/models/{name}`.
    package static func model(_ name: String) -> ByteBuffer {
        var json = JSONWriter(capacity: 128)
        write(name, to: &json)
        return json.bytes
    }

    private static func write(_ name: String, to json: inout JSONWriter) {
        json.object {
            $0.member("type", "model")
            $0.member("id", name)
            $0.member("display_name", name)
            // As the API says it of a model whose day is not known.
            $0.member("created_at", "1970-01-01T00:00:00Z")
        }
    }
}

extension JSONWriter {
    /// Where the list begins and ends; null for an empty one.
    fileprivate mutating func ids(_ names: [String]) {
        for (key, name) in [("first_id", names.first), ("last_id", names.last)] {
            if let name { member(key, name) } else { null(key) }
        }
    }
}
