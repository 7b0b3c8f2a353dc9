// Attributes that only this room reads (PS3.6), by short names, beside those of objects/Attributes.h.
#pragma once

#include "core/imaging/objects/Attributes.h"

namespace naru::imaging::tag {

using namespace attr;

constexpr quint32 MetaSopClass = 0x00020002, TransferSyntax = 0x00020010;
constexpr quint32 DirectoryRecords = 0x00041220;
constexpr quint32 RecognitionCode = 0x00080010; // of ACR-NEMA
constexpr quint32 Station = 0x00081010, RecommendedRate = 0x00082144;
constexpr quint32 BodyPart = 0x00180015, CineRate = 0x00180040, EchoTime = 0x00180081,
                  TriggerTime = 0x00181060, EffectiveEchoTime = 0x00189082, DiffusionB = 0x00189087,
                  EchoSequence = 0x00189114, DiffusionSequence = 0x00189117, CardiacSequence = 0x00189118,
                  SliceThickness = 0x00180050, SpacingBetweenSlices = 0x00180088, FrameTime = 0x00181063,
                  FrameTimeVector = 0x00181065, RadiographicMagnification = 0x00181114,
                  ImagerPixelSpacing = 0x00181164, NominalPixelSpacing = 0x00182010,
                  PositionerMotion = 0x00181500, PrimaryAngle = 0x00181510, SecondaryAngle = 0x00181511,
                  PrimaryAngleSteps = 0x00181520, SecondaryAngleSteps = 0x00181521,
                  PositionerPosition = 0x00189405, ViewPosition = 0x00185101, UltrasoundRegions = 0x00186011;
constexpr quint32 ShutterShape = 0x00181600, ShutterLeft = 0x00181602, ShutterRight = 0x00181604,
                  ShutterUpper = 0x00181606, ShutterLower = 0x00181608, ShutterCentre = 0x00181610,
                  ShutterRadius = 0x00181612, ShutterVertices = 0x00181620, ShutterValue = 0x00181622;
constexpr quint32 AcquisitionNumber = 0x00200012, PatientOrientation = 0x00200020, Orientation = 0x00200037,
                  ImageLaterality = 0x00200062, StackId = 0x00209056, TemporalIndex = 0x00200100,
                  TriggerDelay = 0x00209153, FrameAcquisition = 0x00209156, InStackPosition = 0x00209057,
                  FrameContent = 0x00209111, PlaneOrientation = 0x00209116, TemporalPosition = 0x00209128;
constexpr quint32 SamplesPerPixel = 0x00280002, Photometric = 0x00280004, Planar = 0x00280006,
                  NumberOfFrames = 0x00280008, FrameIncrement = 0x00280009, PixelSpacing = 0x00280030,
                  PixelAspect = 0x00280034, BitsAllocated = 0x00280100, BitsStored = 0x00280101,
                  HighBit = 0x00280102, Padding = 0x00280120, PaddingLimit = 0x00280121,
                  CalibrationType = 0x00280A02, RedDescriptor = 0x00281101, RedData = 0x00281201,
                  RedSegmented = 0x00281221, LossyCompression = 0x00282110, PixelMeasures = 0x00289110,
                  FrameVoi = 0x00289132, PixelTransformation = 0x00289145;
constexpr quint32 DocumentLength = 0x00420015, DetectorInformation = 0x00540022, GridOffsets = 0x3004000C;
constexpr quint32 OverlayRows = 0x60000010, OverlayColumns = 0x60000011, OverlayFrames = 0x60000015,
                  OverlayOrigin = 0x60000050, OverlayFirstFrame = 0x60000051,
                  OverlayBitsAllocated = 0x60000100, OverlayBitPosition = 0x60000102,
                  OverlayLabel = 0x60001500, OverlayData = 0x60003000;
constexpr quint32 ExtendedOffsets = 0x7FE00001, ExtendedLengths = 0x7FE00002;

} // namespace naru::imaging::tag
