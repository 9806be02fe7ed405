#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A server of Debian's that is measured beside ours, with one worker.
struct PeerServer: Sendable {
    let name: ServerName
    /// In config/bench.
    let template: String
    let program: String
    /// Files that must be there, the program first.
    let needs: [String]
    let package: String

    static let nginxProgram = "/usr/sbin/nginx"
    static let haproxyProgram = "/usr/sbin/haproxy"

    static let all = [
        PeerServer(
            name: .nginx, template: "nginx.conf", program: nginxProgram, needs: [nginxProgram], package: "nginx-light"),
        PeerServer(
            name: .nginxCache, template: "nginx-cache.conf", program: nginxProgram, needs: [nginxProgram],
            package: "nginx-light"),
        PeerServer(
            name: .nginxLua, template: "nginx-lua.conf", program: nginxProgram,
            needs: [
                nginxProgram, "/usr/lib/nginx/modules/ngx_http_lua_module.so", "/usr/share/lua/5.1/nginx/redis.lua",
            ], package: "libnginx-mod-http-lua, lua-nginx-redis"),
        PeerServer(
            name: .haproxy, template: "haproxy.cfg", program: haproxyProgram, needs: [haproxyProgram],
            package: "haproxy"),
    ]

    var isInstalled: Bool { needs.allSatisfy { unsafe access($0, R_OK) == 0 } }

    /// - Parameter configuration: the path of the template, filled in.
    func command(configuration: String, directory: WorkDirectory) -> [String] {
        program == Self.haproxyProgram
            ? [program, "-db", "-f", configuration]
            : [program, "-c", configuration, "-e", directory.path("\(name.rawValue)-error.log")]
    }
}
