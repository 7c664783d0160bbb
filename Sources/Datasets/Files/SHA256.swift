#if canImport(CryptoKit)
    import CryptoKit
#else
    import CLibCrypto
#endif

/// Returns the SHA-256 digest of `bytes` in lower-case hexadecimal digits.
func hexSHA256(_ bytes: [UInt8]) -> String {
    #if canImport(CryptoKit)
        let digest = Array(SHA256.hash(data: bytes))
    #else
        var digest = [UInt8](repeating: 0, count: 32)
        // When computing the digest fails (no memory), the result is empty and equals no expected digest.
        guard EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1 else { return "" }
    #endif
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
