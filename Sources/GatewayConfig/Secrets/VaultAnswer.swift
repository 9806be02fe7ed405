import GatewayCore
import NIOCore

/// What a key-value store of version 2 answers to a reading.
struct VaultAnswer {
    private let fields: JSONElement
    /// How long the answer may be used, if Vault bounds that. It does not for this kind of store.
    let lease: Duration?

    /// - Throws: what the status means, or what is wrong with the body, without anything of the body.
    init(status: Int, body: ByteBuffer, of reference: VaultReference) throws(ConfigProblem) {
        let place = "\(reference)"
        switch status {
        case 200: break
        case 301, 302, 303, 307, 308:
            throw ConfigProblem("expected \(place), but Vault redirects elsewhere; name its active node as its address")
        case 403: throw ConfigProblem("expected \(place), but Vault refuses the token, or lets it not read that (403)")
        case 404: throw ConfigProblem("expected \(place), but Vault has no such secret, or it was deleted (404)")
        case 429, 472, 473, 501, 503:
            throw ConfigProblem("expected \(place), but Vault is sealed, busy or not active (\(status))")
        default: throw ConfigProblem("expected \(place), but Vault answered with status \(status)")
        }
        guard let root = try? JSONDocument(body).root, let data = root["data"], data.kind == .object else {
            throw ConfigProblem("expected \(place), but the answer is not one of Vault")
        }
        guard let fields = data["data"], data["metadata"]?.kind == .object, fields.kind == .object else {
            throw ConfigProblem("expected \(place) in a key-value store of version 2, found another kind of answer")
        }
        self.fields = fields
        let seconds = root["lease_duration"]?.integer ?? 0
        lease = seconds > 0 ? .seconds(seconds) : nil
    }

    /// - Throws: a problem that names the field.
    func text(of reference: VaultReference) throws(ConfigProblem) -> String {
        guard let field = fields[reference.field] else {
            throw ConfigProblem("expected \(reference), but the secret has no such field")
        }
        guard let text = field.string else {
            throw ConfigProblem("expected a string in \(reference), found \(field.kind)")
        }
        return text
    }
}
