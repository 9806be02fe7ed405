import GatewayCore
import NIOCore
package import ProviderAPIs
import RequestAnalysis
import Telemetry

/// Keeps responses for clients of the Responses API that go on from them, and finds them again. What cannot be found
/// is refused: a conversation is whole or none.
package struct ResponseDesk: Sendable {
    private let store: any ResponseStore
    private let bytesLimit: Int

    /// A longer id is none that the gateway has made.
    private static let idLimit = 128

    /// - Parameter bytesLimit: the largest response that is kept, with all that was said before it.
    package init(store: any ResponseStore, bytesLimit: Int) {
        self.store = store
        self.bytesLimit = bytesLimit
    }

    /// What a request goes on from.
    /// - Throws: `previousResponseNotFound`, or `storeUnavailable`.
    func previous(_ id: String, of owner: Owner) async throws(GatewayError) -> StoredResponse {
        if let found = try await find(id, of: owner) { return found }
        throw GatewayError(
            .previousResponseNotFound, "Previous response with id '\(id)' not found.",
            parameter: "previous_response_id")
    }

    /// A response that is asked for by its id.
    /// - Throws: `notFound`, or `storeUnavailable`.
    func response(_ id: String, of owner: Owner) async throws(GatewayError) -> StoredResponse {
        if let found = try await find(id, of: owner) { return found }
        throw Self.unknown(id)
    }

    /// Keeps a response.
    /// - Returns: whether it is kept.
    func keep(_ response: StoredResponse, id: String, of owner: Owner) async -> Bool {
        let bytes = response.bytes
        guard bytes.readableBytes <= bytesLimit else {
            owner.recorder.told(.tooLarge)
            return false
        }
        do throws(ResponseStoreError) {
            try await store.save(bytes, under: owner.key(of: id))
            owner.recorder.told(.kept)
            return true
        } catch {
            owner.recorder.told(.notKept)
            return false
        }
    }

    /// - Throws: `notFound`, or `storeUnavailable`.
    func delete(_ id: String, of owner: Owner) async throws(GatewayError) {
        var isDeleted = false
        do throws(ResponseStoreError) {
            if id.utf8.count <= Self.idLimit { isDeleted = try await store.delete(owner.key(of: id)) }
        } catch {
            throw Self.unavailable(owner)
        }
        owner.recorder.told(isDeleted ? .deleted : .unknown)
        if !isDeleted { throw Self.unknown(id) }
    }

    private func find(_ id: String, of owner: Owner) async throws(GatewayError) -> StoredResponse? {
        var bytes: ByteBuffer?
        do throws(ResponseStoreError) {
            if id.utf8.count <= Self.idLimit { bytes = try await store.load(owner.key(of: id)) }
        } catch {
            throw Self.unavailable(owner)
        }
        let found = bytes.flatMap { StoredResponse($0) }
        owner.recorder.told(found == nil ? .unknown : .found)
        return found
    }

    private static func unknown(_ id: String) -> GatewayError {
        GatewayError(.notFound, "Response with id '\(id)' not found.")
    }

    private static func unavailable(_ owner: Owner) -> GatewayError {
        owner.recorder.told(.unavailable)
        return GatewayError(
            .storeUnavailable, "the store of responses does not answer: come again, or send the whole conversation",
            retryAfter: .seconds(1))
    }
}

extension ResponseDesk {
    /// Whose responses: no tenant finds another's.
    struct Owner: Sendable {
        let tenant: TenantID
        let analyzer: RequestAnalyzer
        let recorder: Recorder

        func key(of id: String) -> ResponseKey {
            ResponseKey(digest: analyzer.responseDigest(of: id, tenant: tenant))
        }
    }
}
