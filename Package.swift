// swift-tools-version: 6.2
import PackageDescription

// Targets stand lowest first: a target may depend only on targets above it in this file.
// `make build` passes `--explicit-target-dependency-import-check error`, so an import that is
// not declared here does not compile, and the arrows of docs/architecture.md hold.

/// What every Swift target of ours is compiled with.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .treatAllWarnings(as: .error),
]

/// All but the C wrappers: an unsafe expression without the `unsafe` mark does not compile.
let fenced: [SwiftSetting] = house + [.strictMemorySafety()]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioBox = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "refrain",
    platforms: [.macOS(.v26)],
    products: [.executable(name: "refrain", targets: ["refrain"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries: a module map and a shim header each.
        .systemLibrary(name: "CThreads"),
        .systemLibrary(name: "CLibcurl"),
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "CBLAS"),
        .systemLibrary(name: "CZlib"),
        // Our own inner loops in C, for instructions chosen at run time; optimised in debug builds too.
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),

        // Mechanisms: one C library each, no knowledge of the gateway.
        .target(name: "Threads", dependencies: ["CThreads"], swiftSettings: house),
        .target(
            name: "CurlClient", dependencies: ["CLibcurl", "Threads", nioCore, nioBox, logging],
            swiftSettings: house),
        .target(name: "Compression", dependencies: ["CZlib", nioCore], swiftSettings: house),
        .target(
            name: "RedisClient",
            dependencies: ["CHiredis", nioCore, nioPosix, nioBox, nioSSL, crypto, logging],
            swiftSettings: house),
        // Optimised in debug builds too: without it a forward pass takes seconds, and the tests run hundreds.
        .target(
            name: "VectorMath", dependencies: ["CBLAS", "CKernels"],
            swiftSettings: house + [.unsafeFlags(["-O"], .when(configuration: .debug))]),

        // Values.
        .target(name: "GatewayCore", dependencies: [nioCore, nioBox], swiftSettings: fenced),

        // Stages. They never import each other.
        .target(name: "RequestAnalysis", dependencies: ["GatewayCore", crypto, nioCore], swiftSettings: fenced),
        .target(name: "Policy", dependencies: ["GatewayCore", crypto], swiftSettings: fenced),
        .target(name: "Routing", dependencies: ["GatewayCore", nioCore, nioBox, logging], swiftSettings: fenced),
        .target(name: "ProviderAPIs", dependencies: ["GatewayCore", nioCore], swiftSettings: fenced),
        .target(
            name: "Embedding",
            dependencies: ["GatewayCore", "VectorMath", "Threads", crypto, nioCore, nioBox, logging],
            swiftSettings: fenced),
        .target(
            name: "SemanticCache",
            dependencies: ["GatewayCore", "VectorMath", "Threads", nioCore, nioBox, logging, lifecycle],
            swiftSettings: fenced),

        // What the stages stand on.
        .target(
            name: "Upstream", dependencies: ["GatewayCore", "ProviderAPIs", "CurlClient", nioCore, logging],
            swiftSettings: fenced),
        .target(
            name: "RedisStores",
            dependencies: [
                "GatewayCore", "ProviderAPIs", "SemanticCache", "Routing", "RedisClient", "Compression", crypto,
                nioCore, nioBox,
            ],
            swiftSettings: fenced),
        .target(
            name: "Telemetry", dependencies: ["GatewayCore", metrics, nioCore, nioBox, logging], swiftSettings: fenced),

        // The way of a request, and its door.
        .target(
            name: "Pipeline",
            dependencies: [
                "GatewayCore", "RequestAnalysis", "Policy", "Routing", "ProviderAPIs", "Embedding", "SemanticCache",
                "Upstream", "Telemetry", nioCore, nioBox, logging,
            ],
            swiftSettings: fenced),
        .target(
            name: "GatewayHTTP",
            dependencies: [
                "GatewayCore", "Policy", "ProviderAPIs", "Telemetry", "Pipeline", nioCore, nioPosix, nioHTTP1, nioBox,
                logging, lifecycle,
            ],
            swiftSettings: fenced),
        .target(
            name: "GatewayConfig",
            dependencies: [
                "CurlClient", "RedisClient", "GatewayCore", "RequestAnalysis", "Policy", "Routing", "Embedding",
                "ProviderAPIs", "SemanticCache", "Upstream", "GatewayHTTP", yams, nioCore, nioPosix, nioBox, logging,
            ],
            swiftSettings: fenced),
        .target(
            name: "MockProvider", dependencies: [crypto, nioCore, nioPosix, nioHTTP1, nioBox, logging, lifecycle],
            swiftSettings: fenced),
        .target(name: "LoadGenerator", dependencies: [nioCore, nioPosix], swiftSettings: fenced),
        .executableTarget(
            name: "refrain",
            dependencies: [
                "Threads", "CurlClient", "RedisClient", "VectorMath", "GatewayCore", "RequestAnalysis", "Policy",
                "Routing", "ProviderAPIs", "Embedding", "SemanticCache", "Upstream", "RedisStores", "Telemetry",
                "Pipeline", "GatewayHTTP", "GatewayConfig", "MockProvider", "LoadGenerator", arguments, nioCore,
                nioPosix, nioBox, logging, metrics, lifecycle, unixSignals, yams,
            ],
            swiftSettings: fenced),

        // Tests. GatewayTesting holds what they share; nothing under Sources but tests imports it. TidyTests reads the
        // tree itself and needs none of it.
        .testTarget(name: "TidyTests", swiftSettings: house),
        .target(
            name: "GatewayTesting",
            dependencies: [
                "GatewayCore", "SemanticCache", "Routing", nioCore, nioPosix, nioHTTP1, nioBox, nioSSL, logging,
            ],
            swiftSettings: house),
        .testTarget(name: "ThreadsTests", dependencies: ["Threads", "GatewayTesting"], swiftSettings: house),
        .testTarget(
            name: "CompressionTests", dependencies: ["Compression", "GatewayTesting", nioCore], swiftSettings: house),
        .testTarget(
            name: "RedisClientTests",
            dependencies: [
                "RedisClient", "CHiredis", "GatewayTesting", nioCore, nioPosix, nioEmbedded, nioBox, logging,
            ],
            swiftSettings: house),
        .testTarget(
            name: "ProviderAPIsTests", dependencies: ["GatewayCore", "ProviderAPIs", "GatewayTesting", nioCore],
            exclude: ["Fixtures", "Python"], swiftSettings: house),
        .testTarget(
            name: "CurlClientTests", dependencies: ["CurlClient", "GatewayTesting", nioCore, nioPosix, nioSSL],
            swiftSettings: house),
        .testTarget(name: "VectorMathTests", dependencies: ["VectorMath", "GatewayTesting"], swiftSettings: house),
        .testTarget(
            name: "EmbeddingTests",
            dependencies: ["Embedding", "VectorMath", "GatewayCore", "GatewayTesting", nioCore, nioBox],
            swiftSettings: house),
        .testTarget(
            name: "GatewayCoreTests", dependencies: ["GatewayCore", "GatewayTesting", nioCore], swiftSettings: house),
        .testTarget(
            name: "GatewayConfigTests",
            dependencies: [
                "GatewayConfig", "CurlClient", "RedisClient", "GatewayCore", "RequestAnalysis", "Policy", "Routing",
                "Embedding", "SemanticCache", "Upstream", "GatewayHTTP", "GatewayTesting", yams, nioCore, nioBox,
                logging,
            ],
            swiftSettings: house),
        .testTarget(
            name: "MockProviderTests",
            dependencies: ["MockProvider", "GatewayTesting", nioCore, nioPosix, nioHTTP1, nioBox, logging, lifecycle],
            swiftSettings: house),
        .testTarget(
            name: "LoadGeneratorTests",
            dependencies: ["LoadGenerator", "MockProvider", "GatewayTesting", nioCore, nioPosix, logging],
            swiftSettings: house),
        .testTarget(
            name: "TelemetryTests",
            dependencies: ["Telemetry", "GatewayCore", "GatewayTesting", metrics, nioCore, nioBox, logging],
            swiftSettings: house),
        .testTarget(
            name: "RequestAnalysisTests",
            dependencies: ["RequestAnalysis", "GatewayCore", "GatewayTesting", crypto, nioCore], swiftSettings: house),
        .testTarget(name: "PolicyTests", dependencies: ["Policy", "GatewayCore"], swiftSettings: house),
        .testTarget(
            name: "RoutingTests",
            dependencies: [
                "Routing", "RequestAnalysis", "GatewayCore", "GatewayTesting", nioCore, nioBox, logging,
            ],
            swiftSettings: house),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Pipeline", "RequestAnalysis", "Policy", "Routing", "Embedding", "SemanticCache", "Upstream",
                "Telemetry", "CurlClient", "ProviderAPIs", "GatewayCore", "GatewayTesting", nioCore, nioBox, logging,
            ],
            swiftSettings: house),
        .testTarget(
            name: "GatewayHTTPTests",
            dependencies: [
                "GatewayHTTP", "Pipeline", "RequestAnalysis", "Policy", "Routing", "SemanticCache", "Upstream",
                "Telemetry", "CurlClient", "GatewayCore", "GatewayTesting", nioCore, nioPosix, nioEmbedded, nioHTTP1,
                nioBox, logging, lifecycle,
            ],
            swiftSettings: house),
        .testTarget(
            name: "SemanticCacheTests",
            dependencies: ["SemanticCache", "GatewayCore", "VectorMath", "GatewayTesting", nioCore, nioBox, logging],
            swiftSettings: house),
        .testTarget(
            name: "RedisStoresTests",
            dependencies: [
                "RedisStores", "ProviderAPIs", "SemanticCache", "Routing", "RedisClient", "GatewayCore",
                "GatewayTesting", nioCore, nioPosix, nioBox, logging,
            ],
            swiftSettings: house),
        .testTarget(
            name: "BenchTests",
            dependencies: ["refrain", "SemanticCache", "GatewayConfig", "LoadGenerator", "GatewayTesting"],
            swiftSettings: house),
        .testTarget(
            name: "ImportingTests", dependencies: ["refrain", "GatewayConfig", "GatewayCore", "Routing"],
            swiftSettings: house),
        .testTarget(
            name: "ReportingTests", dependencies: ["refrain", "SemanticCache", "GatewayCore", nioCore],
            swiftSettings: house),
        .testTarget(
            name: "ServingTests",
            dependencies: [
                "refrain", "CurlClient", "RedisClient", "GatewayCore", "Routing", "Upstream", "MockProvider",
                "GatewayTesting", nioPosix, logging,
            ],
            swiftSettings: house),
        // Runs the built binary, so it depends on the executable without importing it.
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "refrain", "MockProvider", "GatewayCore", "GatewayTesting", nioCore, nioPosix, nioBox, logging,
            ],
            exclude: ["Python"], swiftSettings: house),
    ]
)
