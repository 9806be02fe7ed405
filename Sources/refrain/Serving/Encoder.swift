import CurlClient
import Embedding
import GatewayCore
import GatewayHTTP
import Logging
import NIOCore
import Pipeline
import SemanticCache
import Telemetry

/// The encoder the configuration asks for, or why there is none. Without one the exact tier goes on.
struct Encoder: Sendable {
    let embedder: MemoizingEmbedder?
    let health: EncoderHealth
    private let service: EmbeddingService?

    /// Reads the model, which takes a moment.
    /// - Parameter isWanted: whether the cache needs it; clients that may ask it need it, too.
    init(configuration: EmbeddingConfiguration, isWanted: Bool, curl: CurlClient, logger: Logger) {
        let isWanted = isWanted || configuration.servedModel != nil
        do throws(EmbeddingError) {
            let transport = CurlTransport(
                curl: curl, allowsPrivateAddresses: configuration.remote?.allowsPrivateAddresses ?? false)
            service = isWanted ? try EmbeddingService.make(configuration, transport: transport) : nil
            health = isWanted ? .ok : .off
        } catch {
            logger.error(
                "no encoder: similar questions are not found, equal ones are", metadata: ["reason": "\(error)"])
            service = nil
            health = .failed
        }
        embedder = service?.embedder
        guard let service, let backend = service.backendName else { return }
        for refusal in service.backendRefusals {
            logger.warning("a faster way to run the encoder is not used", metadata: ["reason": "\(refusal)"])
        }
        logger.info("encoder ready", metadata: ["backend": "\(backend)"])
    }

    /// Whose vectors the index holds; one that matches nothing when there is no encoder.
    var identity: EncoderIdentity {
        embedder?.identity ?? EncoderIdentity(name: "none", fingerprint: "", dimension: 1)
    }

    /// The encoder as a model that clients may ask; nil without a name or an encoder.
    func served(as name: String?) -> ServedEncoder? {
        guard let name, let embedder else { return nil }
        return ServedEncoder(model: name, embedder: embedder)
    }

    /// The encoder as requests meet it; nil when there is none.
    func stage(deadline: Duration, check: EncoderCheck?) -> EncoderStage? {
        embedder.map { EncoderStage(embedder: $0, deadline: deadline, check: check) }
    }

    /// What finds out whether it is the one its name stands for; nil when there is none.
    func check(_ store: any CanaryStore, logger: Logger) -> EncoderCheck? {
        let isLocal = service?.backendName != nil
        return embedder.map {
            EncoderCheck(embedder: $0.base, store: store, floor: isLocal ? .local : .remote, logger: logger)
        }
    }

    /// Whether texts wait for it; of a service nobody knows.
    var isBusy: Bool { (service?.queueDepth ?? 0) > 0 }

    /// For who stores vectors of many texts: these come once, and would push those of requests out of the memo.
    func bulk(_ check: EncoderCheck?) -> (any Embedder)? {
        guard let embedder, let check else { return nil }
        return GatedEmbedder(embedder.base, gate: check.gate)
    }

    func shutdown() async { await service?.close() }
}

/// Carries a remote encoder's calls over the same client as the providers'.
struct CurlTransport: EmbeddingTransport {
    let curl: CurlClient
    /// Whether the service may have an address that is not public.
    let allowsPrivateAddresses: Bool

    /// The largest answer: 2,048 inputs of 3,072 components, in base64.
    private static let answerBytesLimit = 64 * 1024 * 1024

    func post(
        _ body: ByteBuffer, to url: String, headers: [(name: String, value: String)]
    ) async throws(EmbeddingError) -> (status: Int, body: ByteBuffer) {
        let request = CurlRequest(
            method: "POST", url: url, headers: headers, body: body,
            deadlines: CurlDeadlines(connect: .seconds(2), firstByte: .seconds(30), total: .seconds(60)),
            allowsPrivateAddresses: allowsPrivateAddresses)
        do throws(CurlError) {
            let response = try await curl.execute(request)
            return (response.status, try await response.body.collect(upTo: Self.answerBytesLimit))
        } catch {
            throw EmbeddingError(error.code == .cancelled ? .cancelled : .remoteFailed, "\(error)")
        }
    }
}
