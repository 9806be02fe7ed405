import NIOCore
import Testing

@testable import CurlClient

@Suite("What may be sent")
struct RequestValidationTests {
    private func refusal(_ request: CurlRequest) -> CurlError? {
        do throws(CurlError) {
            try request.validate()
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A line break or NUL in a header is refused, and the message does not repeat the value",
        arguments: ["secret\r\nx: y", "secret\n", "\rsecret", "secret\0", "secret\u{7F}"])
    func headerValues(value: String) throws {
        let error = try #require(refusal(CurlRequest(url: "http://h/", headers: [("x-key", value)])))
        #expect(error.code == .invalidRequest)
        #expect(error.message.contains("x-key"))
        #expect(!error.message.contains("secret"))
        #expect(!error.requestMayHaveBeenSent)
        #expect(!error.isRetriable)
    }

    @Test("Header names are tokens", arguments: ["", "a b", "a:b", "a\r\nb", "a\0", "ä", "a\n"])
    func headerNames(name: String) {
        #expect(refusal(CurlRequest(url: "http://h/", headers: [(name, "v")]))?.code == .invalidRequest)
    }

    @Test("The engine's own headers cannot be given", arguments: ["Content-Length", "TRANSFER-ENCODING", "expect"])
    func reserved(name: String) {
        #expect(refusal(CurlRequest(url: "http://h/", headers: [(name, "1")]))?.code == .invalidRequest)
    }

    @Test(
        "A URL is printable and of a protocol we speak",
        arguments: [
            "", "h", "file:///etc/passwd", "ftp://h/", "http:/h", "http://", "http://h/ x", "http://h/\r\nx",
            "http://h/\0", "http://h/ä", "gopher://h",
        ])
    func urls(url: String) {
        #expect(refusal(CurlRequest(url: url))?.code == .invalidRequest)
    }

    @Test("Methods are tokens", arguments: ["", "GET /", "GET\r\n"])
    func methods(method: String) {
        #expect(refusal(CurlRequest(method: method, url: "http://h/"))?.code == .invalidRequest)
    }

    @Test("What is sound passes")
    func sound() {
        let headers = [("Authorization", "Bearer a.b-c"), ("x-empty", ""), ("x-latin", "ä\tb")]
        #expect(refusal(CurlRequest(method: "POST", url: "HTTPS://h:1/p?q=%00", headers: headers)) == nil)
    }

    @Test("A client refuses an unsound request before it touches the network")
    func client() async throws {
        let client = try CurlClient()
        let error = await failure { () async throws(CurlError) in
            try await client.fetch(CurlRequest(url: "http://127.0.0.1:1/", headers: [("a", "b\r\nc: d")]))
        }
        #expect(error?.code == .invalidRequest)
        #expect(client.counters.exchangesStarted == 0)
        await client.shutdown()
    }
}
