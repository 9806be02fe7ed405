/// What a request can name that lies in the operator's own account at a provider, and that the provider opens with
/// the operator's rights. The raw value is its name in the configuration.
package enum AccountReference: String, Sendable, CaseIterable {
    /// Objects in Amazon's S3, by `s3://` addresses.
    case s3
    /// Objects in Google's Cloud Storage, by `gs://` addresses.
    case gs
    /// Files that were uploaded to the provider, by their ids.
    case uploads
    /// Prompts that are kept at Google, by their names (`cachedContent`).
    case caches
    /// Prompts that are kept at OpenAI, by their ids (`prompt`).
    case prompts
}
