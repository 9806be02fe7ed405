import GatewayTesting

/// A client's TCP connection that sends what it is told and reads HTTP/1.1 answers strictly: what is not well formed
/// is an error. Used from one task.
final class ClientConnection {
    private let bytes: ByteConnection
    /// Received, not yet read.
    private var received: ArraySlice<UInt8> = []
    private var framing = Framing.none

    private enum Framing {
        case none
        case length(Int)
        case chunked
    }

    private init(_ bytes: ByteConnection) { self.bytes = bytes }

    static func open(port: Int) async throws -> ClientConnection {
        ClientConnection(try await ByteConnection.open(port: port))
    }

    func send(_ bytes: [UInt8]) async throws { try await self.bytes.send(bytes) }

    /// Hands the bytes over without waiting until the system has taken them.
    func begin(sending bytes: [UInt8]) { self.bytes.begin(sending: bytes) }

    func close() async throws { try await bytes.close() }

    /// Waits until the server has closed.
    func awaitClose() async { while await readMore() {} }

    /// Reads one whole answer.
    func answer() async throws -> Answer {
        let head = try await head()
        var body: [UInt8] = []
        while let piece = try await piece() { body += piece }
        return Answer(status: head.status, headers: head.headers, body: body)
    }

    /// Reads the head of an answer.
    func head() async throws -> (status: Int, headers: [(name: String, value: String)]) {
        let first = try await line().split(separator: " ", maxSplits: 2)
        guard first.count >= 2, first[0] == "HTTP/1.1", let status = Int(first[1]), (100..<600).contains(status) else {
            throw Mishap("no status line: \(first)")
        }
        var headers: [(name: String, value: String)] = []
        while case let line = try await line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, !parts[0].contains(" ") else { throw Mishap("no header line: \(line)") }
            headers.append((String(parts[0]), String(parts[1].drop { $0 == " " })))
        }
        framing = try Self.framing(of: headers)
        return (status, headers)
    }

    /// The next bytes of the body; nil behind the last.
    /// - Throws: when the connection ends before the body does.
    func piece() async throws -> [UInt8]? {
        switch framing {
        case .none, .length(0):
            framing = .none
            return nil
        case .length(let length):
            if received.isEmpty, await !readMore() { throw Mishap("the body is cut: \(length) bytes are missing") }
            let piece = Array(received.prefix(length))
            received = received.dropFirst(length)
            framing = .length(length - piece.count)
            return piece
        case .chunked:
            let text = try await line()
            guard let size = Int(text, radix: 16) else { throw Mishap("no chunk size: \(text)") }
            let piece = try await bytes(size)
            guard try await line().isEmpty else { throw Mishap("no line end behind a chunk") }
            if size > 0 { return piece }
            framing = .none
            return nil
        }
    }

    private static func framing(of headers: [(name: String, value: String)]) throws -> Framing {
        func value(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
        if value("transfer-encoding")?.lowercased() == "chunked" { return .chunked }
        guard let length = value("content-length") else { throw Mishap("neither a length nor chunks: \(headers)") }
        guard let length = Int(length) else { throw Mishap("no length: \(length)") }
        return .length(length)
    }

    private func line() async throws -> String {
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                let line = received[..<end]
                received = received[(end + 1)...]
                guard line.last == 0x0D else { throw Mishap("a line without a carriage return") }
                return String(decoding: line.dropLast(), as: UTF8.self)
            }
            guard await readMore() else { throw Mishap("the connection ended in front of a line's end") }
        }
    }

    private func bytes(_ count: Int) async throws -> [UInt8] {
        while received.count < count {
            guard await readMore() else { throw Mishap("the connection ended inside a chunk") }
        }
        defer { received = received.dropFirst(count) }
        return Array(received.prefix(count))
    }

    private func readMore() async -> Bool {
        guard let next = await bytes.next() else { return false }
        received = received + next
        return true
    }
}
