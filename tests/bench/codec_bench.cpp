// The best codecs alone, beside which ./test --bench imaging shows ours: codestreams that lie in memory into
// a volume that has been touched. CODEC FILE WORKERS FRAMEBYTES BITS SIGNED COLUMNS ROWS [THREADS]; prints
// "seconds hash 0". FILE holds the codestreams one after the other, each behind its length (32 bits); for
// `pread` it is a folder, whose files end with the pixels. Error handling is none: they read what the bench
// encoded.
#include "tests/bench/PeerFolder.h"

#include <charls/charls.h>
#include <openjpeg.h>

#include <openjph/ojph_arch.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_params.h>

#include <openjph/ojph_codestream.h>

#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <unistd.h>

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcrledec.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>

namespace {
struct Task {
    std::string_view stream{};
    char *to = nullptr;
    std::size_t bytes = 0;
    int bits = 16, columns = 0, rows = 0, threads = 1;
    bool isSigned = true;
};

// Samples of 32 bits to those of the volume.
void narrow(const Task &task, const std::int32_t *values, std::size_t count, std::size_t first)
{
    if (task.bits <= 8) {
        for (std::size_t i = 0; i < count; ++i)
            task.to[first + i] = char(values[i]);
        return;
    }
    auto *out = reinterpret_cast<std::int16_t *>(task.to) + first;
    for (std::size_t i = 0; i < count; ++i)
        out[i] = std::int16_t(values[i]);
}

struct Reading {
    std::string_view bytes{};
    std::size_t at = 0;
};

bool openJpeg(const Task &task)
{
    Reading reading{task.stream, 0};
    opj_codec_t *codec = opj_create_decompress(OPJ_CODEC_J2K);
    opj_stream_t *stream = opj_stream_create(task.stream.size() + 1, OPJ_TRUE);
    opj_stream_set_read_function(stream, [](void *to, OPJ_SIZE_T wanted, void *user) {
        auto &from = *static_cast<Reading *>(user);
        const std::size_t count = std::min<std::size_t>(wanted, from.bytes.size() - from.at);
        std::memcpy(to, from.bytes.data() + from.at, count);
        from.at += count;
        return count == 0 ? OPJ_SIZE_T(-1) : count;
    });
    opj_stream_set_skip_function(stream, [](OPJ_OFF_T wanted, void *user) {
        static_cast<Reading *>(user)->at += std::size_t(wanted);
        return wanted;
    });
    opj_stream_set_user_data(stream, &reading, nullptr);
    opj_stream_set_user_data_length(stream, task.stream.size());
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t *image = nullptr;
    bool good = opj_setup_decoder(codec, &parameters);
    if (task.threads > 1)
        opj_codec_set_threads(codec, task.threads);
    good = good && opj_read_header(stream, codec, &image) && opj_decode(codec, stream, image);
    if (good)
        narrow(task, image->comps[0].data, std::size_t(task.columns) * std::size_t(task.rows), 0);
    opj_image_destroy(image);
    opj_stream_destroy(stream);
    opj_destroy_codec(codec);
    return good;
}

bool openJph(const Task &task)
{
    ojph::mem_infile file;
    file.open(reinterpret_cast<const ojph::ui8 *>(task.stream.data()), task.stream.size());
    ojph::codestream stream;
    stream.read_headers(&file);
    stream.set_planar(false);
    stream.create();
    for (int row = 0; row < task.rows; ++row) {
        ojph::ui32 component = 0;
        const ojph::line_buf *line = stream.pull(component);
        narrow(task, line->i32, std::size_t(task.columns), std::size_t(row) * std::size_t(task.columns));
    }
    stream.close();
    return true;
}

bool charLs(const Task &task)
{
    charls::jpegls_decoder decoder(task.stream, true);
    decoder.decode(task.to, task.bytes);
    return true;
}

// Bits a sample in the codestream, which says which of the three libraries reads it.
int precisionOf(std::string_view stream)
{
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(stream.data());
    for (std::size_t at = 2; at + 5 < stream.size() && bytes[at] == 0xFF;
         at += 2 + std::size_t(bytes[at + 2] << 8 | bytes[at + 3])) {
        const int marker = bytes[at + 1];
        if (marker >= 0xC0 && marker <= 0xC3)
            return bytes[at + 4];
    }
    return 16;
}

bool ijg(const Task &task)
{
    const int bits = precisionOf(task.stream);
    static const DJCodecParameter parameters(
        ECC_lossyYCbCr, EDC_photometricInterpretation, EUC_default, EPC_default);
    std::unique_ptr<DJDecoder> decoder;
    if (bits <= 8)
        decoder = std::make_unique<DJDecompressIJG8Bit>(parameters, false);
    else if (bits <= 12)
        decoder = std::make_unique<DJDecompressIJG12Bit>(parameters, false);
    else
        decoder = std::make_unique<DJDecompressIJG16Bit>(parameters, false);
    auto *bytes = reinterpret_cast<Uint8 *>(const_cast<char *>(task.stream.data()));
    return decoder->init().good()
        && decoder->decode(bytes, Uint32(task.stream.size()), reinterpret_cast<Uint8 *>(task.to),
               Uint32(task.bytes), task.isSigned)
        == EC_Normal;
}

std::uint32_t segment(std::string_view stream, std::size_t index)
{
    std::uint32_t at = 0;
    std::memcpy(&at, stream.data() + 4 + 4 * index, 4);
    return at;
}

bool interleaved(
    const Task &task, const std::vector<std::uint8_t> &high, const std::vector<std::uint8_t> &low)
{
    auto *out = reinterpret_cast<std::uint16_t *>(task.to);
    for (std::size_t i = 0; i < high.size(); ++i)
        out[i] = std::uint16_t(high[i] << 8 | low[i]);
    return true;
}

bool rleDcmtk(const Task &task)
{
    const std::size_t plane = task.bytes / 2;
    std::vector<std::uint8_t> planes[2];
    DcmRLEDecoder decoder(plane);
    for (std::size_t k = 0; k < 2; ++k) {
        const std::size_t begin = segment(task.stream, k),
                          end = k == 0 ? segment(task.stream, 1) : task.stream.size();
        decoder.clear();
        (void)decoder.decompress(const_cast<char *>(task.stream.data()) + begin, end - begin);
        if (decoder.size() != plane)
            return false;
        const auto *bytes = static_cast<const std::uint8_t *>(decoder.getOutputBuffer());
        planes[k].assign(bytes, bytes + plane);
    }
    return interleaved(task, planes[0], planes[1]);
}

// The few lines that trust their input, as the yardstick of a decoder that does not.
bool rlePlain(const Task &task)
{
    const std::size_t plane = task.bytes / 2;
    static thread_local std::vector<std::uint8_t> planes[2];
    for (std::size_t k = 0; k < 2; ++k) {
        planes[k].resize(plane);
        const auto *from =
            reinterpret_cast<const std::int8_t *>(task.stream.data()) + segment(task.stream, k);
        std::uint8_t *to = planes[k].data(), *end = to + plane;
        while (to < end) {
            const int run = *from++;
            if (run >= 0) {
                std::memcpy(to, from, std::size_t(run) + 1);
                from += run + 1;
                to += run + 1;
            } else if (run > -128) {
                std::memset(to, *from++, std::size_t(1 - run));
                to += 1 - run;
            }
        }
    }
    return interleaved(task, planes[0], planes[1]);
}

bool readTail(const Task &task)
{
    const int file = ::open(std::string(task.stream).c_str(), O_RDONLY | O_CLOEXEC);
    const auto bytes = off_t(task.bytes);
    const bool good = ::pread(file, task.to, task.bytes, ::lseek(file, 0, SEEK_END) - bytes) == bytes;
    ::close(file);
    return good;
}
} // namespace

int main(int argc, char *argv[])
{
    if (argc < 9)
        return 2;
    const std::map<std::string, std::function<bool(const Task &)>> codecs{{"openjpeg", openJpeg},
        {"openjph", openJph}, {"charls", charLs}, {"libijg", ijg}, {"dcmtk-rle", rleDcmtk},
        {"plain-rle", rlePlain}, {"pread", readTail}};
    const auto codec = codecs.find(argv[1]);
    if (codec == codecs.end())
        return 2;
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    std::string all;
    std::vector<std::string> names;
    std::vector<std::string_view> streams;
    if (codec->first == "pread") {
        names = peer::filesOf(argv[2]);
        streams.assign(names.begin(), names.end());
    } else {
        std::ifstream file(argv[2], std::ios::binary);
        all.assign(std::istreambuf_iterator<char>(file), {});
        for (std::size_t at = 0; at + 4 <= all.size();) {
            std::uint32_t length = 0;
            std::memcpy(&length, all.data() + at, 4);
            streams.emplace_back(all.data() + at + 4, length);
            at += 4 + length;
        }
    }
    Task task;
    task.bytes = std::size_t(std::atoll(argv[4]));
    task.bits = std::atoi(argv[5]);
    task.isSigned = std::atoi(argv[6]) != 0;
    task.columns = std::atoi(argv[7]);
    task.rows = std::atoi(argv[8]);
    task.threads = argc > 9 ? std::atoi(argv[9]) : 1;
    const peer::Volume volume(task.bytes * streams.size());
    std::memset(volume.at, 1, volume.bytes);
    const double time = peer::timed(std::atoi(argv[3]), streams.size(), [&](std::size_t i) {
        Task own = task;
        own.stream = streams[i];
        own.to = volume.at + i * task.bytes;
        return codec->second(own);
    });
    if (time < 0)
        return 1;
    std::printf(
        "%.6f %016llx 0\n", time, static_cast<unsigned long long>(peer::hashOf(volume.at, volume.bytes)));
    return 0;
}
