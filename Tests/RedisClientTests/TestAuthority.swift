import Foundation
import GatewayTesting

/// A certificate authority made for one test, with one server certificate, by the `openssl` command.
final class TestAuthority: Sendable {
    private let directory: String

    /// - Parameter subject: the alternative names in the server's certificate.
    init(subject: String = "IP:127.0.0.1,DNS:localhost") throws {
        directory = NSTemporaryDirectory() + "refrain-ca-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data("subjectAltName=\(subject)\n".utf8).write(to: URL(fileURLWithPath: directory + "/names"))
        let newKey = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        try openssl("req -x509 \(newKey) -keyout ca.key -out ca.pem -days 2 -subj /CN=authority")
        try openssl("req \(newKey) -keyout server.key -out server.csr -subj /CN=server")
        let signing = "-CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names"
        try openssl("x509 -req -in server.csr \(signing) -out server.pem")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// PEM file of the authority itself.
    var certificate: String { directory + "/ca.pem" }

    func startServer() throws -> RedisServer {
        try RedisServer(
            .tls(certificate: directory + "/server.pem", key: directory + "/server.key", authority: certificate))
    }

    private func openssl(_ arguments: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(arguments: arguments) }
    }

    struct Failure: Error {
        let arguments: String
    }
}
