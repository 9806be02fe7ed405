package import GatewayCore
package import NIOCore

/// A text whose neighbours are asked for: the body of `POST /admin/cache/neighbours`.
package struct NeighbourOrder: Sendable, Equatable {
    package let text: String
    package let tenant: TenantID
    package let namespace: String
    package let count: Int

    private static let names = ["text", "tenant", "namespace", "count"]
    private static let most = 100

    /// - Throws: `invalidJSON` or `invalidRequest`, with the member at fault.
    package init(json: ByteBuffer) throws(GatewayError) {
        let root: JSONElement
        do {
            root = try JSONDocument(json).root
        } catch {
            throw GatewayError(.invalidJSON, "the body is not JSON: \(error)")
        }
        guard root.kind == .object else { throw GatewayError(.invalidRequest, "expected a JSON object") }
        for member in root.members where !Self.names.contains(member.name) {
            let name = String(member.name.prefix(64))
            throw GatewayError(.invalidRequest, "\(name) is not known", parameter: name)
        }
        guard let text = try Self.text("text", of: root), !text.isEmpty else {
            throw GatewayError(.invalidRequest, "text must be a string that is not empty", parameter: "text")
        }
        self.text = text
        tenant = TenantID(try Self.text("tenant", of: root) ?? TenantID.open.description)
        namespace = try Self.text("namespace", of: root) ?? ""
        let count = root["count"].map { $0.integer ?? 0 } ?? 10
        guard (1...Self.most).contains(count) else {
            throw GatewayError(.invalidRequest, "count must be 1 to \(Self.most)", parameter: "count")
        }
        self.count = count
    }

    private static func text(_ name: String, of root: JSONElement) throws(GatewayError) -> String? {
        guard let element = root[name] else { return nil }
        guard let text = element.string, text.utf8.count <= 8192 else {
            throw GatewayError(.invalidRequest, "\(name) must be a string of at most 8192 bytes", parameter: name)
        }
        return text
    }
}
