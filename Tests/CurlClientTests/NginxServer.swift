import Foundation
import GatewayTesting
import NIOCore
import NIOPosix

@testable import CurlClient

/// A real HTTP/2 server: nginx in a directory of its own, on a free port.
final class NginxServer {
    private static let executable = "/usr/sbin/nginx"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: executable) }

    private let directory: URL
    private let port: Int

    /// - Parameter file: what `/large` serves; `/hello` says hello.
    static func start(certificates: TestCertificates, file: Data) async throws -> NginxServer {
        // The port is free again when nginx asks for it; only by chance is it taken in between.
        let probe = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = probe.localAddress?.port ?? 0
        try await probe.close()
        let server = try NginxServer(port: port, certificates: certificates, file: file)
        try await server.run([])
        return server
    }

    private init(port: Int, certificates: TestCertificates, file: Data) throws {
        self.port = port
        directory = FileManager.default.temporaryDirectory.appending(path: "nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try file.write(to: directory.appending(path: "large"))
        let configuration = """
            master_process off; pid nginx.pid; error_log error.log;
            events { worker_connections 256; }
            http {
                access_log off; keepalive_requests 100000;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate \(certificates.serverCertificateFile);
                    ssl_certificate_key \(certificates.serverKeyFile);
                    location = /hello { return 200 "hello"; }
                    location = /large { root \(directory.path); }
                }
            }
            """
        try Data(configuration.utf8).write(to: directory.appending(path: "nginx.conf"))
    }

    func url(_ path: String) -> String { "https://127.0.0.1:\(port)\(path)" }

    /// Asks until nginx listens; the test's time limit bounds it.
    func waitUntilReady(_ client: CurlClient) async throws {
        while true {
            do throws(CurlError) {
                _ = try await client.fetch(CurlRequest(url: url("/hello")))
                return
            } catch {
                guard error.code == .connectFailed else { throw error }
                await Task.yield()
            }
        }
    }

    func stop() async throws {
        try await run(["-s", "stop"])
        try FileManager.default.removeItem(at: directory)
    }

    /// nginx goes to the background by itself, so its command ends at once.
    private func run(_ arguments: [String]) async throws {
        let common = [Self.executable, "-p", directory.path, "-c", "nginx.conf", "-e", "error.log"]
        try await ShellCommand.run(common + arguments, in: directory)
    }
}
