package import NIOCore
internal import GatewayCore

/// What clients ask to learn the names of models.
package enum OpenAIModels {
    /// A list of models with these names, in their order.
    /// - Parameter created: seconds since 1970, the same for all.
    package static func list(_ names: [String], created: Int) -> ByteBuffer {
        var output = ByteBuffer(staticString: #"{"object":"list","data":["#)
        for (index, name) in names.enumerated() {
            if index > 0 { output.writeStaticString(",") }
            output.writeImmutableBuffer(model(name, created: created))
        }
        output.writeStaticString("]}")
        return output
    }

    /// The answer to `GET /v1/models/{name}`.
    package static func model(_ name: String, created: Int) -> ByteBuffer {
        var output = ByteBuffer(staticString: #"{"id":"#)
        output.writeJSONString(name)
        output.writeString(",\"object\":\"model\",\"created\":\(created),\"owned_by\":\"refrain\"}")
        return output
    }
}
