#include "core/imaging/decode/FrameCodec.h"
