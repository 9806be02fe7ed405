import GatewayCore
import Logging
import Pipeline
import RedisClient
import RedisStores
import SemanticCache

/// How misses share calls, as the operator wants it.
struct CallSharing {
    /// Nil where each request makes its own call.
    let coalescing: Coalescing?
    /// Nil where only this process shares.
    let fleet: FleetFlights?

    init(
        configuration: CacheConfiguration, redis: RedisClient, encoder: EncoderIdentity, codec: EntryCodec,
        lookup: CacheLookup, logger: Logger
    ) {
        guard configuration.mode != .off, configuration.coalescing != .off else {
            (coalescing, fleet) = (nil, nil)
            return
        }
        var rules = FleetRules()
        rules.wait = configuration.coalescingWait
        fleet = configuration.coalescing == .fleet
            ? FleetFlights(
                leases: RedisFlightLeases(
                    redis: redis, replica: RequestID().description, encoder: encoder, codec: codec, life: rules.life),
                rules: rules, logger: logger)
            : nil
        coalescing = Coalescing(configuration: configuration, fleet: fleet, lookup: lookup)
    }
}
