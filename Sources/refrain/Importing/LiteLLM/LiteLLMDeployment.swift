/// One entry of `model_list` that can be taken over.
struct LiteLLMDeployment {
    /// Where it is called, and with what.
    struct Account: Hashable {
        let prefix: String
        let baseURL: String
        /// The variable that holds the key; nil for none.
        let variable: String?
        let timeoutMilliseconds: Int?
        /// Of a cloud.
        var region: String?
        /// Of Google Cloud.
        var project: String?
    }

    /// The name clients use.
    let group: String
    let account: Account
    /// Nil for the name the client used.
    let model: String?
    /// LiteLLM's `order`.
    var priority = 0
    var weight: Double?
    /// By our names: `rpm`, `tpm`, `concurrency`.
    var limits: [(name: String, count: Int)] = []

    /// Whether two entries are the same model at the same place.
    func isSame(as other: LiteLLMDeployment) -> Bool { account == other.account && model == other.model }
}
