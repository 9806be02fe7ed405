package import GatewayCore
package import NIOCore
package import ProviderAPIs
import RequestAnalysis
import Routing

extension Pipeline {
    /// Answers a question for a response that was kept.
    /// - Throws: `notFound` for one that is not kept, not any longer or not for this tenant; `storeUnavailable`;
    ///   `rateLimited`, as it counts against the caller's request rates.
    /// - Parameter key: the name of the caller's key, where it has one.
    package func response(
        _ id: String, asked: ResponseQuestion, scope: CacheScope, key: APIKeyID? = nil
    ) async throws(GatewayError) -> ByteBuffer {
        guard let responses else {
            throw GatewayError(.notFound, "this gateway keeps no responses: its operator may set 'responses.life'")
        }
        if let admission = router.admission(of: scope.tenant, key: key) { _ = try await admission.result().get() }
        let owner = ResponseDesk.Owner(tenant: scope.tenant, analyzer: analyzer, recorder: recorder)
        switch asked {
        case .whole: return try await responses.response(id, of: owner).response.bytes
        case .inputItems(let page): return try await responses.response(id, of: owner).inputItems(page, id: id)
        case .deletion:
            try await responses.delete(id, of: owner)
            return StoredResponse.deletion(of: id)
        }
    }

    /// Reads a request of any API. One that goes on from a response becomes the whole conversation, which costs a
    /// round trip.
    /// - Returns: the request, and what keeps its answer, where that may be kept.
    func read(
        _ body: ByteBuffer, as api: ClientAPI, headers: CallerHeaders, tenant: TenantID
    ) async throws(GatewayError) -> (asked: ChatRequest, keeping: ResponseKeeping?) {
        let reading = RequestReading(analyzer: analyzer, api: api)
        guard api == .responses, let responses else { return (try reading.read(body, headers: headers), nil) }
        let document = try analyzer.document(body)
        var conversation = try ResponsesClient(keepsResponses: true).request(document.root, headers: headers.ofAPI)
        // The gateway does it, so no provider lacks it.
        conversation.extras.removeAll { $0.name == "store" }
        let previous = ResponsesClient.previousResponseID(document.root)
        let owner = ResponseDesk.Owner(tenant: tenant, analyzer: analyzer, recorder: recorder)
        if let previous { conversation = try await responses.previous(previous, of: owner).continued(by: conversation) }
        // Where the client did not write all of it, its bytes go to nobody.
        let asked = try reading.request(
            conversation, from: document, headers: headers, isWhole: previous == nil)
        let isAllowed = try !CacheDirectives(headers: headers).skipsWrite
        let keeping = ResponseKeeping(
            desk: responses, owner: owner, label: ResponseLabel(id: ResponseLabel.newID(), previous: previous),
            conversation: conversation, isWanted: isAllowed && document.root["store"]?.bool != false)
        return (asked, keeping)
    }
}

/// What is asked of a response that was kept.
package enum ResponseQuestion: Sendable, Equatable {
    /// `GET /v1/responses/{id}`.
    case whole
    /// `GET /v1/responses/{id}/input_items`.
    case inputItems(ResponseItemsPage)
    /// `DELETE /v1/responses/{id}`.
    case deletion
}
