import GatewayTesting
import NIOCore
import Testing

@testable import CurlClient

/// Runs `body` with a client and a scripted server, and ends both whatever happens.
func withClient(
    _ configuration: CurlClientConfiguration = CurlClientConfiguration(),
    script: @escaping ScriptedServer.Script,
    _ body: (CurlClient, ScriptedServer) async throws -> Void
) async throws {
    let server = try await ScriptedServer.start(script: script)
    let client = try CurlClient(configuration: configuration)
    do {
        try await body(client, server)
    } catch {
        await client.shutdown()
        await server.stop()
        throw error
    }
    await client.shutdown()
    await server.stop()
}

/// The error of an exchange that must fail, before its head or in its body.
func failure(_ work: () async throws(CurlError) -> ByteBuffer) async -> CurlError? {
    do {
        let body = try await work()
        Issue.record("expected an error, found a whole body of \(body.readableBytes) bytes")
        return nil
    } catch {
        return error
    }
}

extension CurlClient {
    /// Executes and reads the whole body.
    func fetch(_ request: CurlRequest) async throws(CurlError) -> ByteBuffer {
        try await execute(request).body.collect(upTo: 64 * 1024 * 1024)
    }
}

extension CurlRequest {
    /// A request for a server of the test, which has no public address.
    static func local(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: ByteBuffer? = nil,
        deadlines: CurlDeadlines = CurlDeadlines(), maximumBodyBytes: Int? = nil
    ) -> CurlRequest {
        CurlRequest(
            method: method, url: url, headers: headers, body: body, deadlines: deadlines,
            maximumBodyBytes: maximumBodyBytes, allowsPrivateAddresses: true)
    }
}

extension ByteBuffer {
    var text: String { String(buffer: self) }
}
