import GatewayCore
import SemanticCache

/// What another name stands for: an entry, and when that was made. Another answer under its id is not the verified one.
struct AliasTarget: Equatable {
    let origin: AliasOrigin
    let created: UnixTime
}
