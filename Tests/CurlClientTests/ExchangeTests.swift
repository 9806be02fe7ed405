import GatewayTesting
import NIOCore
import Testing

@testable import CurlClient

@Suite("Exchanges over HTTP/1.1", .timeLimit(.minutes(1)))
struct ExchangeTests {
    @Test("A GET arrives with its headers in order and without any of libcurl's choosing but the usual four")
    func get() async throws {
        try await withClient { exchange in
            try await exchange.respond(body: "hello")
        } _: { client, server in
            let request = CurlRequest.local(
                url: server.url("/a/../b?q=%20"), headers: [("X-One", "1"), ("x-two", ""), ("X-One", "again")])
            let response = try await client.execute(request)
            #expect(response.status == 200)
            #expect(response.httpVersion == .http1_1)
            let body = try await response.body.collect(upTo: 100)
            #expect(body.text == "hello")
            let received = try #require(server.record.requests.first)
            #expect(received.method == "GET")
            #expect(received.target == "/a/../b?q=%20")
            #expect(received.headers.map(\.name) == ["Host", "User-Agent", "Accept", "X-One", "x-two", "X-One"])
            #expect(received.headers.map(\.value).suffix(3) == ["1", "", "again"])
            #expect(received.header("user-agent") == "refrain")
        }
    }

    @Test(
        "A body arrives byte for byte with its length and content type", arguments: ["POST", "PUT", "PATCH", "DELETE"])
    func body(method: String) async throws {
        try await withClient { exchange in
            try await exchange.respond(201, body: exchange.request.body)
        } _: { client, server in
            let bytes = [UInt8](0...255) + Array(repeating: 0, count: 3_000_000)
            let request = CurlRequest.local(
                method: method, url: server.url(), headers: [("content-type", "application/json")],
                body: ByteBuffer(bytes: bytes))
            let response = try await client.execute(request)
            #expect(response.status == 201)
            let echo = try await response.body.collect(upTo: bytes.count)
            #expect(Array(echo.readableBytesView) == bytes)
            let received = try #require(server.record.requests.first)
            #expect(received.method == method)
            #expect(received.header("Content-Length") == "\(bytes.count)")
            #expect(received.header("Content-Type") == "application/json")
            #expect(received.header("Expect") == nil)
        }
    }

    @Test("A POST without a body has length 0 and no content type")
    func emptyPost() async throws {
        try await withClient { exchange in
            try await exchange.respond(204)
        } _: { client, server in
            let response = try await client.execute(.local(method: "POST", url: server.url()))
            #expect(response.status == 204)
            let body = try await response.body.collect(upTo: 0)
            #expect(body.readableBytes == 0)
            let received = try #require(server.record.requests.first)
            #expect(received.header("Content-Length") == "0")
            #expect(received.header("Content-Type") == nil)
        }
    }

    @Test("HEAD brings the length of the body it does not bring")
    func head() async throws {
        try await withClient { exchange in
            try await exchange.head(headers: [("content-length", "12")])
        } _: { client, server in
            let response = try await client.execute(.local(method: "HEAD", url: server.url()))
            #expect(response.body.declaredLength == 12)
            let body = try await response.body.collect(upTo: 0)
            #expect(body.readableBytes == 0)
        }
    }

    @Test("Response headers keep order and spelling and are found in any case; interim heads and trailers stay out")
    func responseHeaders() async throws {
        try await withClient { exchange in
            try await exchange.write("HTTP/1.1 103 Early Hints\r\nlink: early\r\n\r\n")
            try await exchange.chunkedHead(
                429, headers: [("Retry-After", "7"), ("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("X-Empty", "")])
            try await exchange.chunk("slow down")
            try await exchange.endChunks(trailers: [("x-trailer", "late")])
        } _: { client, server in
            let response = try await client.execute(.local(url: server.url()))
            #expect(response.status == 429)
            #expect(response.headers["retry-after"] == "7")
            #expect(response.headers.values(of: "SET-COOKIE") == ["a=1", "b=2"])
            #expect(response.headers["x-empty"] == "")
            #expect(response.headers["link"] == nil)
            #expect(
                response.headers.map(\.name)
                    == ["Retry-After", "Set-Cookie", "set-cookie", "X-Empty", "transfer-encoding"])
            let body = try await response.body.collect(upTo: 100)
            #expect(body.text == "slow down")
        }
    }

    @Test("A redirect is an answer like any other")
    func redirect() async throws {
        try await withClient { exchange in
            try await exchange.respond(302, headers: [("location", "/elsewhere")])
        } _: { client, server in
            let response = try await client.execute(.local(url: server.url()))
            #expect(response.status == 302)
            #expect(response.headers["location"] == "/elsewhere")
            _ = try await response.body.collect(upTo: 0)
            #expect(server.record.requests.count == 1)
        }
    }

    @Test("Encoded bodies pass as they are: nothing is negotiated and nothing unpacked")
    func noDecoding() async throws {
        try await withClient { exchange in
            try await exchange.respond(headers: [("content-encoding", "gzip")], body: "not really gzip")
        } _: { client, server in
            let body = try await client.fetch(.local(url: server.url()))
            #expect(body.text == "not really gzip")
            #expect(server.record.requests.first?.header("accept-encoding") == nil)
        }
    }

    @Test("One connection serves many exchanges in a row")
    func keepAlive() async throws {
        try await withClient { exchange in
            try await exchange.respond(body: "ok")
        } _: { client, server in
            for _ in 0..<20 {
                let body = try await client.fetch(.local(url: server.url()))
                #expect(body.text == "ok")
            }
            #expect(server.record.connections.count == 1)
            #expect(client.counters.connectionsOpened == 1)
            #expect(client.counters.exchangesStarted == 20)
        }
    }

    @Test("200 exchanges at once all get their own answers")
    func parallel() async throws {
        try await withClient { exchange in
            try await exchange.respond(body: exchange.request.target)
        } _: { client, server in
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<200 {
                    group.addTask { try await client.fetch(.local(url: server.url("/\(index)"))).text }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(bodies == Set((0..<200).map { "/\($0)" }))
            #expect(client.counters.exchangesInHand == 0)
        }
    }

    @Test("With one connection allowed, exchanges take turns")
    func connectionLimit() async throws {
        var configuration = CurlClientConfiguration()
        configuration.maximumConnectionsPerHost = 1
        try await withClient(configuration) { exchange in
            try await exchange.respond(body: "ok")
        } _: { client, server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let body = try await client.fetch(.local(url: server.url()))
                        #expect(body.text == "ok")
                    }
                }
                try await group.waitForAll()
            }
            #expect(server.record.connections.count == 1)
        }
    }
}
