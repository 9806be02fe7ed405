internal import CLibcurl

/// Which libcurl is loaded.
enum CurlVersion {
    /// As libcurl writes it: one byte each for major, minor and patch.
    static let number: UInt32 = curl_version_info(CURLVERSION_FIRST).pointee.version_num
}
