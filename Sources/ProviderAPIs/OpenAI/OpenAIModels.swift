package import NIOCore
internal import GatewayCore

/// The answer to `GET /v1/models`.
package enum OpenAIModels {
    /// A list of models with these names, in their order.
    /// - Parameter created: seconds since 1970, the same for all.
    package static func list(_ names: [String], created: Int) -> ByteBuffer {
        var output = ByteBuffer(staticString: #"{"object":"list","data":["#)
        for (index, name) in names.enumerated() {
            output.writeStaticString(index > 0 ? #",{"id":"# : #"{"id":"#)
            output.writeJSONString(name)
            output.writeString(",\"object\":\"model\",\"created\":\(created),\"owned_by\":\"refrain\"}")
        }
        output.writeStaticString("]}")
        return output
    }
}
