/// What is measured, in the order of the table.
enum LegName: String, Codable, Sendable, CaseIterable {
    case direct = "provider directly"
    case nginx = "nginx, plain proxy"
    case haproxy = "HAProxy, plain proxy"
    case passThrough = "refrain, pass-through"
    case keyed = "refrain, pass-through + keys"
    case translated = "refrain, pass-through to Messages"
    case luaMiss = "nginx + Lua + Redis, miss"
    case exactMiss = "refrain, miss, exact cache, written back"
    case unkeptMiss = "refrain, miss, exact cache, not kept"
    case fullMiss = "refrain, miss, semantic cache, written back"

    case redisGet = "redis-benchmark GET"
    case nginxCache = "nginx proxy_cache, hit"
    case luaHit = "nginx + Lua + Redis, hit"
    case exactHit = "refrain, exact hit from Redis"
    case hotHit = "refrain, exact hit in process"
    case semanticSmall = "refrain, semantic hit, small cache"
    case semanticLarge = "refrain, semantic hit, large cache"
    case semanticKnown = "refrain, semantic hit, large cache, known text"
    case semanticWide = "refrain, semantic hit, large cache, all cores"

    case streamDirect = "33 frames, provider directly"
    case streamNginx = "33 frames, nginx"
    case streamHAProxy = "33 frames, HAProxy"
    case streamOurs = "33 frames, refrain"
    case streamTranslated = "33 frames, refrain, from Messages"
    case pacedDirect = "a frame every 5 ms, provider directly"
    case pacedNginx = "a frame every 5 ms, nginx"
    case pacedHAProxy = "a frame every 5 ms, HAProxy"
    case pacedOurs = "a frame every 5 ms, refrain"
    case pacedTranslated = "a frame every 5 ms, refrain, from Messages"
    case slowDirect = "2,000/s, 100 ms each, provider directly"
    case slowNginx = "2,000/s, 100 ms each, nginx"
    case slowOurs = "2,000/s, 100 ms each, refrain, miss written back"

    /// The leg that asks the provider itself, in whose terms "added" is meant; nil where nobody asks it.
    var floor: LegName? {
        switch self {
        case .direct, .streamDirect, .pacedDirect, .slowDirect: nil
        case .redisGet, .nginxCache, .luaHit, .exactHit, .hotHit: nil
        case .semanticSmall, .semanticLarge, .semanticKnown, .semanticWide: nil
        case .nginx, .haproxy, .passThrough, .keyed, .translated, .luaMiss, .exactMiss, .unkeptMiss, .fullMiss: .direct
        case .streamNginx, .streamHAProxy, .streamOurs, .streamTranslated: .streamDirect
        case .pacedNginx, .pacedHAProxy, .pacedOurs, .pacedTranslated: .pacedDirect
        case .slowNginx, .slowOurs: .slowDirect
        }
    }

    /// The peer that does the same work; nil for floors and where none is run.
    var peer: LegName? {
        switch self {
        case .passThrough, .keyed, .translated: .nginx
        case .exactMiss, .unkeptMiss, .fullMiss: .luaMiss
        case .exactHit: .luaHit
        case .hotHit: .nginxCache
        case .streamOurs, .streamTranslated: .streamNginx
        case .pacedOurs, .pacedTranslated: .pacedNginx
        case .slowOurs: .slowNginx
        default: nil
        }
    }
}
