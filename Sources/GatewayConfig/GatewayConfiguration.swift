package import CurlClient
package import Embedding
package import GatewayHTTP
package import Policy
package import ProviderAPIs
package import RedisClient
package import RequestAnalysis
package import Routing
package import SemanticCache
package import Upstream

/// Everything the gateway is told by its operator: the stages' configurations, read from one file.
///
/// Without a file every member has its default, which is a gateway without providers.
package struct GatewayConfiguration: Sendable {
    package var server = ServerConfiguration()
    package var log = LogConfiguration()
    package var redis = RedisClientConfiguration()
    package var analysis = RequestAnalysisConfiguration()
    package var cache = CacheConfiguration()
    package var embedding = EmbeddingConfiguration()
    package var policy = PolicyConfiguration()
    package var routing = RoutingConfiguration()
    package var upstream = UpstreamConfiguration()
    package var curl = CurlClientConfiguration()
    package var responses = ResponseKeepingRules()
    package var secrets = SecretsConfiguration()

    package init() {}
}
