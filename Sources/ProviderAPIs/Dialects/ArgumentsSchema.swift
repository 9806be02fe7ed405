internal import GatewayCore
internal import NIOCore

/// Schemas of tools' arguments for dialects in which they must be there and say that they are an object's.
enum ArgumentsSchema {
    /// - Parameter schema: as the client wrote it; nil for a tool without arguments.
    static func ofObject(_ schema: JSONText?) -> JSONText {
        guard let schema, let root = schema.element, root.kind == .object, root.hasElements else {
            return JSONText(valid: #"{"type":"object","properties":{}}"#)
        }
        if root["type"]?.string == "object" { return schema }
        var splice = JSONSplice(root.document)
        splice.set("type", of: root, to: ByteBuffer(staticString: #""object""#))
        return JSONText(valid: splice.apply())
    }
}
