internal import GatewayCore
internal import NIOCore

/// Hands a client's own request on to a provider of the same dialect.
enum MessagesPassage {
    static func call(
        path: String, _ root: JSONElement, headers: [(name: String, value: String)], model: String
    ) -> ProviderCall {
        var splice = JSONSplice(root.document)
        if root["model"]?.string != model {
            var name = ByteBuffer()
            name.writeJSONString(model)
            splice.set("model", of: root, to: name)
        }
        var call = ProviderCall(path: path, body: splice.apply())
        call.headers = AnthropicHeaders.passed(headers)
        return call
    }
}
