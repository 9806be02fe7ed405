import Foundation
import GatewayTesting
import NIOCore
import NIOSSL
import Testing

@testable import CurlClient

@Suite("TLS and HTTP/2", .timeLimit(.minutes(1)))
struct SecureTests {
    private func withSecureServer(
        _ configure: (inout CurlClientConfiguration, TestCertificates) -> Void,
        _ body: (CurlClient, ScriptedServer) async throws -> Void
    ) async throws {
        let certificates = try await TestCertificates.make()
        var configuration = CurlClientConfiguration()
        configure(&configuration, certificates)
        let server = try await ScriptedServer.start(tls: certificates.serverConfiguration()) { exchange in
            try await exchange.respond(body: "safe")
        }
        let client = try CurlClient(configuration: configuration)
        try await body(client, server)
        await client.shutdown()
        await server.stop()
    }

    @Test("A certificate of a trusted authority is accepted, and the connection is reused")
    func trusted() async throws {
        try await withSecureServer { $0.certificateAuthorityFile = $1.authorityFile } _: { client, server in
            for _ in 0..<3 {
                let body = try await client.fetch(.local(url: server.url(host: "localhost")))
                #expect(body.text == "safe")
            }
            #expect(client.counters.connectionsOpened == 1)
        }
    }

    @Test("A certificate of an unknown authority is refused before anything is sent")
    func unknown() async throws {
        try await withSecureServer { _, _ in } _: { client, server in
            let error = await failure { () async throws(CurlError) in
                try await client.fetch(.local(url: server.url(host: "localhost")))
            }
            #expect(error?.code == .tlsFailed)
            #expect(error?.requestMayHaveBeenSent == false)
            #expect(error?.isRetriable == false)
            #expect(server.record.requests.isEmpty)
        }
    }

    @Test("Without verification, which is for tests, an unknown authority passes")
    func unverified() async throws {
        try await withSecureServer {
            configuration, _ in configuration.verifiesCertificates = false
        } _: { client, server in
            let body = try await client.fetch(.local(url: server.url()))
            #expect(body.text == "safe")
        }
    }

    @Test("HTTP/2 carries many exchanges on one connection, and holds one back without the others",
        .enabled(if: NginxServer.isInstalled))
    func http2() async throws {
        let certificates = try await TestCertificates.make()
        let large = (0..<(3 * 1024 * 1024)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 8) }
        let nginx = try await NginxServer.start(certificates: certificates, file: Data(large))
        var configuration = CurlClientConfiguration()
        configuration.certificateAuthorityFile = certificates.authorityFile
        let client = try CurlClient(configuration: configuration)
        try await nginx.waitUntilReady(client)
        let opened = client.counters.connectionsOpened

        let held = try await client.execute(.local(url: nginx.url("/large")))
        #expect(held.httpVersion == .http2)
        #expect(held.status == 200)
        while client.counters.pauses == 0 { await Task.yield() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                let url = nginx.url("/hello")
                group.addTask {
                    let body = try await client.fetch(.local(method: "GET", url: url))
                    #expect(body.text == "hello")
                }
            }
            try await group.waitForAll()
        }
        let body = try await held.body.collect(upTo: large.count)
        #expect(Array(body.readableBytesView) == large)
        #expect(client.counters.connectionsOpened == opened)
        await client.shutdown()
        try nginx.stop()
    }
}
