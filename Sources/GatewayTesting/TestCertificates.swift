package import Foundation
package import NIOSSL

/// A certificate authority made for one test, and a certificate for `localhost` that it has signed. Made by the
/// `openssl` command in a directory of its own, which goes with this object.
package final class TestCertificates: Sendable {
    package let directory: URL

    /// - Throws: when there is no `openssl`, or it refuses.
    package static func make() async throws -> TestCertificates {
        let certificates = TestCertificates()
        try await certificates.create()
        return certificates
    }

    private init() {
        directory = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString)")
    }

    private func create() async throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try Data("subjectAltName=DNS:localhost,IP:127.0.0.1\n".utf8).write(to: directory.appending(path: "names"))
        try await run(["req", "-x509"] + curve + [
            "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "2",
            "-addext", "basicConstraints=critical,CA:TRUE",
        ])
        try await run(["req"] + curve + ["-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost"])
        try await run([
            "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "server.pem", "-days", "2", "-extfile", "names",
        ])
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    package var authorityFile: String { directory.appending(path: "ca.pem").path }
    package var serverCertificateFile: String { directory.appending(path: "server.pem").path }
    package var serverKeyFile: String { directory.appending(path: "server.key").path }

    /// A server that shows the certificate.
    package func serverConfiguration() throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(serverCertificateFile)
        return try .makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(NIOSSLPrivateKey(file: serverKeyFile, format: .pem)))
    }

    private func run(_ arguments: [String]) async throws {
        try await ShellCommand.run(["openssl"] + arguments, in: directory)
    }
}
