import GatewayTesting
import Testing

@testable import CurlClient

@Suite("Private addresses are reached only when that is allowed", .timeLimit(.minutes(1)))
struct AddressGuardTests {
    @Test(
        "A host with a private address is not connected to, however it is written",
        arguments: ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "0.0.0.0"])
    func refused(host: String) async throws {
        try await withClient { exchange in
            try await exchange.respond()
        } _: { client, server in
            let request = CurlRequest(url: server.url("/latest/meta-data", host: host))
            let error = await failure { () async throws(CurlError) in try await client.fetch(request) }
            #expect(error?.code == .addressRefused)
            #expect(error?.requestMayHaveBeenSent == false)
            #expect(error?.isRetriable == false)
            // The next exchange proves that the server would have been there.
            _ = try await client.fetch(.local(url: server.url()))
            #expect(server.record.connections.count == 1)
        }
    }

    @Test("The message names the address and what it is")
    func message() async throws {
        let client = try CurlClient()
        let error = await failure { () async throws(CurlError) in
            try await client.fetch(CurlRequest(url: "http://169.254.169.254/latest/meta-data/"))
        }
        let message = "the host has the address 169.254.169.254, which is local to its link and not allowed"
        #expect(error?.message == message)
        await client.shutdown()
    }

    @Test("A kept connection that another request was allowed to open is not used")
    func keptConnection() async throws {
        try await withClient { exchange in
            try await exchange.respond(body: "for who may")
        } _: { client, server in
            let first = try await client.fetch(.local(url: server.url()))
            #expect(first.text == "for who may")
            let error = await failure { () async throws(CurlError) in
                try await client.fetch(CurlRequest(url: server.url("/secret")))
            }
            #expect(error?.code == .addressRefused)
            #expect(error?.requestMayHaveBeenSent == false)
            #expect(server.record.requests.map(\.target) == ["/"])
        }
    }

    @Test("Behind a proxy the proxy's own address is no concern")
    func proxy() async throws {
        let proxy = try await ScriptedServer.start { try await $0.respond(body: "from the proxy") }
        var configuration = CurlClientConfiguration()
        configuration.proxy = .url(proxy.url("", host: "localhost"))
        let client = try CurlClient(configuration: configuration)
        let body = try await client.fetch(CurlRequest(url: "http://model.example/v1"))
        #expect(body.text == "from the proxy")
        await client.shutdown()
        await proxy.stop()
    }

    @Test("A redirect to a private address is not followed")
    func redirect() async throws {
        try await withClient { exchange in
            try await exchange.respond(307, headers: [("location", "http://127.0.0.1:1/")])
        } _: { client, server in
            let response = try await client.execute(.local(url: server.url()))
            #expect(response.status == 307)
            #expect(server.record.requests.count == 1)
        }
    }
}
