import CurlClient
import GatewayCore
import ProviderAPIs

extension CurlRequest {
    init(
        _ call: ProviderCall, to target: Target, deadlines: CurlDeadlines, key: Secret?, as credential: CredentialForm
    ) {
        var headers: [(name: String, value: String)] = []
        headers.reserveCapacity(4 + call.headers.count)
        headers.append(("Content-Type", "application/json"))
        headers.append(("Accept", "application/json, text/event-stream"))
        for header in call.headers { headers.append((header.name, header.value)) }
        self.init(
            method: "POST", url: target.baseURL + call.path, headers: headers, body: call.body,
            deadlines: deadlines, allowsPrivateAddresses: target.allowsPrivateAddresses)
        if let key { show(key, as: credential) }
    }

    init(
        _ probe: ProviderProbe, of target: Target, deadlines: CurlDeadlines, key: Secret?, as credential: CredentialForm
    ) {
        var headers: [(name: String, value: String)] = [("Accept", "application/json")]
        for header in probe.headers { headers.append((header.name, header.value)) }
        self.init(
            url: target.baseURL + probe.path, headers: headers, deadlines: deadlines,
            allowsPrivateAddresses: target.allowsPrivateAddresses)
        if let key { show(key, as: credential) }
    }

    /// Adds a key in the form the provider reads.
    mutating func show(_ key: Secret, as form: CredentialForm) {
        switch form {
        case .bearer: headers.append(("Authorization", "Bearer \(key.exposed)"))
        case .header(let name): headers.append((name, key.exposed))
        case .awsSignature(let service, let region):
            let parts = key.exposed.split(separator: ":", maxSplits: 2).map(String.init)
            signature = AWSSignature(
                service: service, region: region, keyID: parts.first ?? "",
                secret: parts.count > 1 ? parts[1] : "")
            if parts.count > 2 { headers.append(("X-Amz-Security-Token", parts[2])) }
        }
    }
}

extension StreamFraming {
    /// What cuts a body of this type into events; nil for a type that is no stream.
    func parser(of type: String?) -> (any EventParser)? {
        guard let type = type?.lowercased() else { return nil }
        switch self {
        case .serverSentEvents: return type.hasPrefix("text/event-stream") ? EventStreamParser() : nil
        case .amazonEventStream:
            return type.hasPrefix("application/vnd.amazon.eventstream") ? AmazonEventStreamParser() : nil
        }
    }
}
