import GatewayConfig
import GatewayCore
import Policy
import RedisStores
import SemanticCache

extension EntryCodec {
    /// How entries are written and read by this configuration.
    init(_ configuration: GatewayConfiguration) {
        let tenants = configuration.policy.tenants.map { (tenant: $0.id, secret: $0.encryptionKey) }
        self.init(
            seals: EntrySeals(
                common: configuration.cache.encryptionKey,
                tenants: tenants.isEmpty ? [(tenant: .open, secret: nil)] : tenants))
    }
}
