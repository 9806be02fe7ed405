import NIOCore
import Testing

@testable import RedisClient

@Suite("RedisHandshake")
struct RedisHandshakeTests {
    private func handshake(_ change: (inout RedisClientConfiguration) -> Void = { _ in }) -> RedisHandshake {
        var configuration = RedisClientConfiguration()
        configuration.clientName = "n"
        configuration.credentials = RedisCredentials(user: "u", password: "s3cret")
        configuration.database = 2
        change(&configuration)
        return RedisHandshake(configuration)
    }

    private func error(_ message: String) -> RedisReply { .error(RedisServerError(message: message)) }

    private func code(_ progress: RedisHandshake.Progress) -> RedisError.Code? {
        if case .failed(let error) = progress { error.code } else { nil }
    }

    @Test("AUTH, SELECT, SETNAME and PING leave in this order")
    func commands() {
        var buffer = ByteBuffer()
        for command in handshake().commands { command.encode(into: &buffer) }
        #expect(
            String(buffer: buffer)
                == "*3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$6\r\ns3cret\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n2\r\n"
                + "*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n$1\r\nn\r\n*1\r\n$4\r\nPING\r\n")
    }

    @Test("It is done after the last reply")
    func done() {
        var shake = handshake()
        for _ in 0..<3 { #expect(shake.receive(.status("OK")) == .more) }
        #expect(shake.receive(.status("PONG")) == .done)
    }

    @Test("Refused credentials fail it, and the server's echo of them is not repeated", arguments: [
        "WRONGPASS invalid username-password pair or user is disabled.",
        "ERR unknown command 'AUTH', with args beginning with: 's3cret'",
    ])
    func refused(message: String) {
        var shake = handshake()
        let progress = shake.receive(error(message))
        #expect(code(progress) == .authentication)
        #expect(!"\(progress)".contains("s3cret"))
    }

    @Test("A missing password, a refused database and a loading server fail it; a missing permission does not")
    func others() {
        var without = handshake { $0.credentials = nil }
        #expect(code(without.receive(error("NOAUTH Authentication required."))) == .authentication)
        var select = handshake { $0.credentials = nil }
        #expect(code(select.receive(error("ERR DB index is out of range"))) == .server)
        var loading = handshake { $0.credentials = nil; $0.database = 0; $0.clientName = nil }
        #expect(code(loading.receive(error("LOADING Redis is loading"))) == .unavailable)
        var limited = handshake { $0.credentials = nil; $0.database = 0 }
        #expect(limited.receive(error("NOPERM this user has no permissions")) == .more)
        #expect(limited.receive(error("NOPERM this user has no permissions")) == .done)
    }
}
