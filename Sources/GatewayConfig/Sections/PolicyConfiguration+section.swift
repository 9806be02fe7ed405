import GatewayCore
import Policy

extension PolicyConfiguration {
    /// Reads `admin`.
    mutating func readAdmin(_ section: ConfigSection) {
        adminKey = section.optional("key", .secret(section.reader.secrets))
    }
}
