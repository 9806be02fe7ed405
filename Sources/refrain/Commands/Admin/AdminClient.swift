import ArgumentParser
import CurlClient
import GatewayConfig
import GatewayCore
import GatewayHTTP
import NIOCore
import Policy
import Telemetry

/// Asks a running gateway what only operators may ask, with the key of the configuration.
struct AdminClient {
    private let configuration: GatewayConfiguration
    private let base: String
    private let key: Secret

    private static let answerLimit = 64 << 20

    /// - Parameter path: of the configuration, for who must be told that it has no key.
    init(_ configuration: GatewayConfiguration, url: String?, path: String) throws {
        guard let key = configuration.policy.adminKey else {
            throw ValidationError("\(path) has no admin.key: there is no admin API")
        }
        let host = configuration.server.host == "0.0.0.0" ? "127.0.0.1" : configuration.server.host
        self.configuration = configuration
        self.base = url ?? "http://\(host):\(configuration.server.port)"
        self.key = key
    }

    /// - Throws: `ExitCode` when the gateway refuses or does not answer; then it was said why.
    func ask(
        _ method: String, _ path: String, query: [(name: String, value: String?)] = [], body: ByteBuffer? = nil
    ) async throws -> (body: ByteBuffer, json: JSONElement) {
        let curl = try CurlClient(configuration: configuration.curl)
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(Self.encode($0))" } }
        let target = base + path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
        let outcome = await send(method, target, body, over: curl)
        await curl.shutdown()
        switch outcome {
        case .success(let answer) where answer.status == 200:
            return (answer.body, try JSONDocument(answer.body).root)
        case .success(let answer):
            StandardError.write("\(answer.status): \(CellText.plain(String(buffer: answer.body)))\n")
        case .failure(let error):
            StandardError.write("\(error)\n")
        }
        throw ExitCode(1)
    }

    private func send(
        _ method: String, _ url: String, _ body: ByteBuffer?, over curl: CurlClient
    ) async -> Result<(status: Int, body: ByteBuffer), CurlError> {
        let request = CurlRequest(
            method: method, url: url,
            headers: [("authorization", "Bearer \(key.exposed)"), ("content-type", "application/json")], body: body,
            deadlines: CurlDeadlines(connect: .seconds(2), firstByte: .seconds(600), total: .seconds(600)),
            allowsPrivateAddresses: true)
        do throws(CurlError) {
            let response = try await curl.execute(request)
            return .success((response.status, try await response.body.collect(upTo: Self.answerLimit)))
        } catch {
            return .failure(error)
        }
    }

    /// Percent-encoding of all that is not unreserved (RFC 3986, section 2.3).
    private static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || byte < 0x80 && (0x61...0x7A).contains(byte | 0x20)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + Hexadecimal.encode([byte])
        }.joined()
    }
}
