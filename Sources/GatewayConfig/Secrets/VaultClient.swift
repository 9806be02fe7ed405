import CurlClient
import GatewayCore
import NIOCore

/// Reads secrets from HashiCorp Vault, over HTTP and a libcurl client of its own.
///
/// Its address is the operator's, and most often a private one: it may have any.
final class VaultClient: Sendable {
    private let curl: CurlClient
    private let address: String
    private let configuration: VaultConfiguration

    private static let answerBytesLimit = 1 << 20

    /// - Throws: what is missing to ask Vault at all.
    init(_ configuration: VaultConfiguration) throws(ConfigProblem) {
        guard let address = configuration.address else {
            throw ConfigProblem("expected Vault's address in secrets.vault.address or VAULT_ADDR, found neither")
        }
        var engine = CurlClientConfiguration()
        engine.maximumConnections = 4
        engine.certificateAuthorityFile = configuration.certificateAuthorityFile
        do throws(CurlError) {
            curl = try CurlClient(configuration: engine, name: "vault")
        } catch {
            throw ConfigProblem("expected a client for Vault, but: \(error)")
        }
        self.address = address
        self.configuration = configuration
    }

    /// The secret a reference leads to now, and how long it may be used if that is bounded.
    /// - Parameter token: as it is now.
    /// - Throws: why it cannot be read; the message holds neither the token nor anything of an answer.
    func read(
        _ reference: VaultReference, token: Secret
    ) async throws(ConfigProblem) -> (text: String, lease: Duration?) {
        var headers = [("X-Vault-Token", token.exposed), ("X-Vault-Request", "true")]
        if let namespace = configuration.namespace { headers.append(("X-Vault-Namespace", namespace)) }
        let time = configuration.timeout
        let request = CurlRequest(
            url: address + reference.urlPath, headers: headers,
            deadlines: CurlDeadlines(connect: time, firstByte: time, idle: time, total: time),
            allowsPrivateAddresses: true)
        let status: Int
        let body: ByteBuffer
        do throws(CurlError) {
            let response = try await curl.execute(request)
            status = response.status
            body = try await response.body.collect(upTo: Self.answerBytesLimit)
        } catch {
            throw ConfigProblem("expected \(reference), but Vault cannot be asked: \(error)")
        }
        let answer = try VaultAnswer(status: status, body: body, of: reference)
        return (try answer.text(of: reference), answer.lease)
    }

    func shutdown() async { await curl.shutdown() }
}
