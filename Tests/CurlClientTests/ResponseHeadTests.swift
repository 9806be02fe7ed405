import GatewayTesting
import Testing

@testable import CurlClient

@Suite("Response heads")
struct ResponseHeadTests {
    private func head(_ lines: [String], limit: Int = 10_000) -> (ResponseHead, [ResponseHead.Progress]) {
        var head = ResponseHead(limit: limit)
        let progress = lines.map { head.append(Array($0.utf8)) }
        return (head, progress)
    }

    @Test(
        "Status and version are read from every form of status line",
        arguments: [
            ("HTTP/1.1 200 OK\r\n", 200, CurlHTTPVersion.http1_1), ("HTTP/1.0 404\r\n", 404, .http1_0),
            ("HTTP/2 503 \r\n", 503, .http2), ("HTTP/3 200\r\n", 200, .unknown), ("HTTP/1.1\r\n", 0, .http1_1),
            ("HTTP/1.1 abc\r\n", 0, .http1_1), ("HTTP/1.1 99999999999999999999 x\n", 0, .http1_1),
        ])
    func statusLines(line: String, status: Int, version: CurlHTTPVersion) {
        let (head, progress) = head([line, "\r\n"])
        #expect(head.status == status)
        #expect(head.httpVersion == version)
        #expect(progress.last == .complete)
    }

    @Test("An interim head is read over, and its fields are forgotten")
    func interim() {
        let (head, progress) = head([
            "HTTP/1.1 100 Continue\r\n", "a: 1\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "b: 2\r\n", "\r\n",
        ])
        #expect(progress.dropLast().allSatisfy { $0 == .incomplete })
        #expect(progress.last == .complete)
        #expect(head.status == 200)
        #expect(head.headers().map(\.name) == ["b"])
    }

    @Test("Blanks around a value go, those inside stay; a line that is no field is left out")
    func fields() {
        let (head, _) = head([
            "HTTP/1.1 200 OK\r\n", "a:1\r\n", "b: \t two words \t\r\n", "c:\r\n", "no colon\r\n", ": no name\r\n",
            " folded: line\r\n", "d: x:y\n", "\r\n",
        ])
        let headers = head.headers()
        #expect(headers.map(\.name) == ["a", "b", "c", "d"])
        #expect(headers.map(\.value) == ["1", "two words", "", "x:y"])
        #expect(headers["D"] == "x:y")
        #expect(headers["e"] == nil)
    }

    @Test("The limit counts all lines of all heads")
    func limit() {
        let line = "HTTP/1.1 100 \r\n"
        let (_, progress) = head([line, line, line], limit: 2 * line.utf8.count)
        #expect(progress == [.incomplete, .incomplete, .tooLarge])
    }

    @Test("Random bytes never trap", arguments: 0..<20 as Range<UInt64>)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("HTP/1. 20:\r\n\t\u{0}\u{FF}az".utf8)
        var head = ResponseHead(limit: 1 << 20)
        for _ in 0..<200 {
            let length = Int.random(in: 0...30, using: &generator)
            _ = head.append((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) })
        }
        for field in head.headers() {
            #expect(!field.name.isEmpty)
            #expect(!field.value.utf8.contains(UInt8(ascii: "\n")))
        }
    }
}
