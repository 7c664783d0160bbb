// Decimal numbers in text.
#include "CKernels.h"

#include <string.h>

// Returns eight characters of a text, the first in the lowest byte, with zeros behind its end.
static inline uint64_t eight_characters(const uint8_t *text, size_t count) {
    uint64_t characters = 0;
    if (__builtin_expect(count >= 8, 1))
        memcpy(&characters, text, 8);
    else
        memcpy(&characters, text, count);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    characters = __builtin_bswap64(characters);
#endif
    return characters;
}

// Returns the number of eight digits, of which the first is the lowest byte: neighbors are joined to two, four and eight.
static inline uint64_t eight_digits(uint64_t digits) {
    uint64_t pairs = digits * 10 + (digits >> 8);
    uint64_t high = (pairs & 0xFF000000FF) * 0xF424000000064;
    uint64_t low = (pairs >> 16 & 0xFF000000FF) * 0x271000000001;
    return (high + low) >> 32;
}

// Appends the digits at the beginning of a text to a number, and returns how many there are.
static inline size_t append_digits(const uint8_t *text, size_t count, uint64_t *number) {
    static const uint64_t factors[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
    size_t length = 0;
    while (true) {
        // The high bit of a byte says whether its character is not a digit, up to the first that is none.
        uint64_t digits = eight_characters(text + length, count - length) ^ 0x3030303030303030;
        uint64_t others = ((digits + 0x7676767676767676) | digits) & 0x8080808080808080;
        if (others) {
            unsigned found = (unsigned)__builtin_ctzll(others) >> 3;
            *number = *number * factors[found] + eight_digits(digits << 8 << (56 - 8 * found));
            return length + found;
        }
        *number = *number * 100000000 + eight_digits(digits);
        length += 8;
    }
}

// All of them are exact.
static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// 5²⁷ is the largest that fits into 64 bits.
static const uint64_t powers_of_five[] = {
    1u, 5u, 25u, 125u, 625u, 3125u, 15625u, 78125u, 390625u, 1953125u, 9765625u, 48828125u,
    244140625u, 1220703125u, 6103515625u, 30517578125u, 152587890625u, 762939453125u,
    3814697265625u, 19073486328125u, 95367431640625u, 476837158203125u, 2384185791015625u,
    11920928955078125u, 59604644775390625u, 298023223876953125u, 1490116119384765625u, 7450580596923828125u,
};

// Sets value to the double nearest to mantissa · 10^exponent; false where it takes more than 128 bits to tell.
static inline bool nearest(uint64_t mantissa, ptrdiff_t exponent, double *value) {
    // One operation on exact numbers rounds once.
    if (mantissa <= (uint64_t)1 << 53 && exponent >= -22 && exponent <= 22) {
        *value = exponent < 0 ? (double)mantissa / powers_of_ten[-exponent] : (double)mantissa * powers_of_ten[exponent];
        return true;
    }
    if (mantissa == 0) {
        *value = 0;
        return true;
    }
    if (exponent < -27 || exponent > 27) return false;
    uint64_t power = powers_of_five[exponent < 0 ? -exponent : exponent];

    // The number is number · 2^scale, or somewhat more where there is a remainder.
    unsigned __int128 number;
    ptrdiff_t scale = exponent;
    bool has_remainder = false;
    if (exponent < 0) {
        int shift = __builtin_clzll(mantissa), divisor_shift = __builtin_clzll(power);
        unsigned __int128 dividend = (unsigned __int128)(mantissa << shift) << 63;
        uint64_t divisor = power << divisor_shift;
        number = (uint64_t)(dividend / divisor);
        has_remainder = dividend != number * divisor;
        scale += divisor_shift - shift - 63;
    } else {
        number = (unsigned __int128)mantissa * power;
    }
    uint64_t high = (uint64_t)(number >> 64);
    int bits = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll((uint64_t)number);
    uint64_t significand = (uint64_t)number;
    if (bits > 53) {
        int dropped = bits - 53;
        significand = (uint64_t)(number >> dropped);
        unsigned __int128 half = (unsigned __int128)1 << (dropped - 1);
        unsigned __int128 rest = number & (2 * half - 1);
        if (rest > half || (rest == half && (has_remainder || significand & 1))) significand += 1;
        scale += dropped;
    }
    uint64_t power_of_two = (uint64_t)(1023 + scale) << 52;
    double factor;
    memcpy(&factor, &power_of_two, 8);
    *value = (double)significand * factor;
    return true;
}

static inline bool is_digit(uint8_t character) { return (uint8_t)(character - '0') < 10; }

// Returns the length of the exponent at a letter e, 0 where no digit follows, and adds it to a number.
static size_t add_exponent(const uint8_t *text, size_t count, ptrdiff_t *exponent) {
    size_t length = 1;
    bool is_negative = length < count && text[length] == '-';
    if (is_negative || (length < count && text[length] == '+')) length += 1;
    if (length == count || !is_digit(text[length])) return 0;
    ptrdiff_t stated = 0;
    for (; length < count && is_digit(text[length]); length++)
        if (stated < (ptrdiff_t)1 << 40) stated = stated * 10 + (text[length] - '0');
    *exponent += is_negative ? -stated : stated;
    return length;
}

static inline kernel_decimal scan(const uint8_t *text, size_t count) {
    kernel_decimal result = {0};
    size_t length = 0;
    if (count == 0) return result;
    bool is_negative = text[0] == '-';
    length += is_negative | (text[0] == '+');

    uint64_t mantissa = 0;
    const uint8_t *first = text + length;
    size_t integer_digits = append_digits(first, count - length, &mantissa);
    size_t digits = integer_digits;
    ptrdiff_t exponent = 0;
    bool is_integer = true;
    length += integer_digits;
    if (length < count && text[length] == '.') {
        is_integer = false;
        length += 1;
        size_t fraction_digits = append_digits(text + length, count - length, &mantissa);
        length += fraction_digits;
        digits += fraction_digits;
        exponent = -(ptrdiff_t)fraction_digits;
    }
    if (digits == 0) return result;
    if (length < count && (text[length] | 0x20) == 'e') {
        is_integer = false;
        size_t exponent_length = add_exponent(text + length, count - length, &exponent);
        if (exponent_length == 0) return result;
        length += exponent_length;
    }
    result.length = length;
    result.loses_digits = (integer_digits > 1 && *first == '0')
        || (is_integer && (digits > 16 || mantissa > (uint64_t)1 << 53));
    // The mantissa holds 19 digits, apart from zeros before them.
    size_t excess = 0;
    if (digits > 19)
        for (const uint8_t *c = first; excess < digits && (*c == '0' || *c == '.'); c++) excess += *c == '0';
    result.is_known = digits - excess <= 19 && nearest(mantissa, exponent, &result.value);
    if (is_negative) result.value = -result.value;
    return result;
}

kernel_decimal kernel_scan_decimal(const uint8_t *text, size_t count) { return scan(text, count); }

#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer) && !defined(KERNELS_BASELINE)
#include <immintrin.h>
#define TARGET __attribute__((target("arch=x86-64-v3")))

// Returns the number of the digits in the first length of sixteen characters, without the one at point; −1 is none.
static inline TARGET uint64_t sixteen_digits(__m128i digits, int length, int point) {
    // The digits move to the end. What precedes the point moves one place further.
    __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m128i source = _mm_add_epi8(places, _mm_set1_epi8((char)(length - 16)));
    source = _mm_add_epi8(source, _mm_cmpgt_epi8(_mm_set1_epi8((char)(point + 1)), source));
    digits = _mm_shuffle_epi8(digits, source);
    // Neighbors are joined to two, four and eight digits.
    __m128i pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(1 << 8 | 10));
    __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(1 << 16 | 100));
    __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(1 << 16 | 10000));
    uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);
    return (both & 0xFFFFFFFF) * 100000000 + (both >> 32);
}

// Reads a decimal without an exponent that fills a cell of up to 15 characters, whatever its signs and digits are, without
// a branch that depends on them. Returns its length, 0 where the cell is something else. Sixteen characters must exist.
static inline TARGET size_t short_decimal(const uint8_t *text, uint8_t separator, double *value) {
    __m128i characters = _mm_loadu_si128((const __m128i *)text);
    __m128i is_line_end = _mm_or_si128(
        _mm_cmpeq_epi8(characters, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(characters, _mm_set1_epi8('\r')));
    __m128i is_separator = _mm_cmpeq_epi8(characters, _mm_set1_epi8((char)separator));
    uint32_t ends = (uint32_t)_mm_movemask_epi8(_mm_or_si128(is_separator, is_line_end));
    if (ends == 0) return 0;
    unsigned length = (unsigned)__builtin_ctz(ends);

    // Of each kind of character, a bit for each place in the cell.
    uint32_t cell = (1u << length) - 1;
    __m128i digits = _mm_xor_si128(characters, _mm_set1_epi8('0'));
    __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
    uint32_t digit_places = (uint32_t)_mm_movemask_epi8(is_digit) & cell;
    uint32_t points = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(characters, _mm_set1_epi8('.'))) & cell;
    uint32_t is_negative = text[0] == '-';
    uint32_t begins_with_zero = (uint32_t)(text[is_negative] == '0') & digit_places >> (is_negative + 1);
    uint32_t others = (digit_places | points | is_negative) ^ cell;
    uint32_t further_points = points & (points - 1);
    if (others | further_points | begins_with_zero | (digit_places == 0)) return 0;

    int point = points ? 31 - __builtin_clz(points) : -1;
    uint64_t mantissa = sixteen_digits(_mm_and_si128(digits, is_digit), (int)length, point);
    double magnitude = (double)mantissa / powers_of_ten[points ? (int)length - 1 - point : 0];
    uint64_t number;
    memcpy(&number, &magnitude, 8);
    number |= (uint64_t)is_negative << 63;
    memcpy(value, &number, 8);
    return length;
}

// Does what kernel_read_decimals does, and stops before a cell that takes more than short_decimal.
static TARGET size_t read_short_decimals(
    const uint8_t *text, size_t count, size_t *position, uint8_t separator, double *values, size_t stride,
    size_t limit) {
    size_t place = *position, cells = 0;
    while (cells < limit && count - place >= 16) {
        size_t length = short_decimal(text + place, separator, values + stride * cells);
        if (length == 0) break;
        cells += 1;
        place += length;
        *position = place;
        if (text[place] != separator) break;
        place += 1;
    }
    return cells;
}
#define HAS_SHORT_DECIMALS __builtin_cpu_supports("x86-64-v3")
#else
#define HAS_SHORT_DECIMALS false
#define read_short_decimals(...) 0
#endif

size_t kernel_read_decimals(
    const uint8_t *text, size_t count, size_t *position, uint8_t separator, double *values, size_t stride,
    size_t limit) {
    bool has_short_decimals = HAS_SHORT_DECIMALS;
    size_t place = *position, cells = 0;
    while (cells < limit) {
        double *target = values + stride * cells;
        size_t found = 0;
        if (has_short_decimals)
            found = read_short_decimals(text, count, &place, separator, target, stride, limit - cells);
        if (found == 0) {
            kernel_decimal decimal = scan(text + place, count - place);
            if (decimal.length == 0 || decimal.loses_digits || !decimal.is_known) break;
            place += decimal.length;
            if (place < count && text[place] != separator && text[place] != '\n' && text[place] != '\r') break;
            *target = decimal.value;
            found = 1;
        }
        cells += found;
        *position = place;
        if (place == count || text[place] != separator) break;
        place += 1;
    }
    return cells;
}

size_t kernel_count_line_ends(const uint8_t *text, size_t count) {
    size_t total = 0, i = 0;
    // A byte counts 128 characters, so that many are compared at once.
    for (; i + 128 <= count; i += 128) {
        uint8_t part = 0;
        for (size_t j = i; j < i + 128; j++) part += (text[j] == '\n') | (text[j] == '\r');
        total += part;
    }
    for (; i < count; i++) total += (text[i] == '\n') | (text[i] == '\r');
    return total;
}
