import Glibc

/// The environment variables of this process.
enum ProcessEnvironment {
    /// Nil when the variable is unset. Must not run while another thread changes the environment.
    static func value(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
