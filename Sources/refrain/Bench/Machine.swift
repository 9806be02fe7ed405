#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where the figures come from; without it they say nothing.
struct Machine: Codable {
    var processor: String
    var cores: Int
    var memoryMiB: Int
    var kernel: String
    var loadAverage: String
    var redis: String
    var nginx: String?
    var haproxy: String?
    /// Of the working copy the command was called in; with a plus where files differ from it.
    var commit: String?
    /// `OPENBLAS_CORETYPE`, which forces OpenBLAS to the code of another processor; nil when it is not set.
    var forcedCoreType: String?

    init(in directory: WorkDirectory) {
        let model = Self.line("model name", in: ProcFile.text("/proc/cpuinfo"))
        processor = model ?? "unknown"
        cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let kilobytes = Self.line("MemTotal", in: ProcFile.text("/proc/meminfo"))?.split(separator: " ").first
        memoryMiB = (kilobytes.flatMap { Int($0) } ?? 0) / 1024
        kernel = Self.trimmed(ProcFile.text("/proc/sys/kernel/osrelease")) ?? "unknown"
        loadAverage = Self.loadAverage
        let redisText = ChildProcess.output(of: ["redis-server", "--version"], in: directory)
        redis = redisText?.split(separator: " ").first { $0.hasPrefix("v=") }.map { String($0.dropFirst(2)) } ?? "none"
        let nginxText = ChildProcess.output(of: [PeerServer.nginxProgram, "-v"], in: directory)
        nginx = Self.trimmed(nginxText)?.split(separator: "/").last.map(String.init)
        forcedCoreType = unsafe getenv("OPENBLAS_CORETYPE").map { unsafe String(cString: $0) }
        if nginxText?.contains("nginx version") != true { nginx = nil }
        haproxy = Self.haproxyVersion(ChildProcess.output(of: [PeerServer.haproxyProgram, "-v"], in: directory) ?? "")
        commit = Self.commit(in: directory)
    }

    /// The third word of "HAProxy version 2.6.12-… …".
    private static func haproxyVersion(_ text: String) -> String? {
        let words = text.split(separator: " ")
        return words.count > 2 && words[1] == "version" ? String(words[2]) : nil
    }

    private static func commit(in directory: WorkDirectory) -> String? {
        let head = ChildProcess.output(of: ["git", "rev-parse", "--short=12", "HEAD"], in: directory)
        guard let name = trimmed(head), name.count == 12, name.allSatisfy(\.isHexDigit) else { return nil }
        let changes = ChildProcess.output(of: ["git", "status", "--porcelain", "--untracked-files=no"], in: directory)
        return name + (changes?.isEmpty == false ? "+" : "")
    }

    /// Of the last 1, 5 and 15 minutes.
    static var loadAverage: String {
        (ProcFile.text("/proc/loadavg") ?? "").split(separator: " ").prefix(3).joined(separator: " ")
    }

    var summary: String {
        """
        \(processor), \(cores) cores, \(memoryMiB) MiB, Linux \(kernel), load \(loadAverage)
        Redis \(redis), nginx \(nginx ?? "not installed"), HAProxy \(haproxy ?? "not installed"), \
        commit \(commit ?? "not known")
        """ + (forcedCoreType.map { "\nOPENBLAS_CORETYPE is \($0): encoder and search may be slower for it" } ?? "")
    }

    private static func trimmed(_ text: String?) -> String? {
        text.map { String($0.prefix { $0 != "\n" }) }
    }

    private static func line(_ name: String, in text: String?) -> String? {
        let line = (text ?? "").split(separator: "\n").first { $0.hasPrefix(name) }
        guard let value = line?.split(separator: ":", maxSplits: 1).last else { return nil }
        return String(value.drop { $0 == " " })
    }
}
