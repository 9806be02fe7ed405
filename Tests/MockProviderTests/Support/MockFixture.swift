import Logging
import MockProvider

/// A mock on a free port, for the time of one test.
struct MockFixture {
    let server: MockProviderServer
    let port: Int

    static func run(
        _ configure: (inout MockProviderConfiguration) -> Void = { _ in },
        _ test: (MockFixture) async throws -> Void
    ) async throws {
        var configuration = MockProviderConfiguration()
        configure(&configuration)
        let server = MockProviderServer(configuration: configuration, logger: Logger(label: "mock-tests"))
        do {
            try await test(MockFixture(server: server, port: try await server.start()))
        } catch {
            await server.shutdown()
            throw error
        }
        await server.shutdown()
    }

    static func body(_ question: String, _ more: String = "") -> String {
        #"{"model":"gpt-4o","messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#
    }

    static func request(
        _ body: String, path: String = "/v1/chat/completions", headers: [String: String] = [:], closes: Bool = true
    ) -> String {
        var lines = ["POST \(path) HTTP/1.1", "host: mock", "content-length: \(body.utf8.count)"]
        lines += headers.map { "\($0.key): \($0.value)" }
        if closes { lines.append("connection: close") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// Posts and reads until the mock closes the connection.
    func post(
        _ body: String, path: String = "/v1/chat/completions", headers: [String: String] = [:]
    ) async throws -> RawResponse {
        try await exchange(Self.request(body, path: path, headers: headers))
    }

    func get(_ path: String) async throws -> RawResponse {
        try await exchange("GET \(path) HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n")
    }

    func exchange(_ bytes: String) async throws -> RawResponse {
        let connection = try await RawConnection.open(port: port)
        try await connection.send(bytes)
        return await connection.readToEnd()
    }
}
