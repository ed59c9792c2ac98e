using JobMatch.Matching;
using static JobMatch.Matching.Axis;

namespace JobMatch.Population;

/// <summary>
/// How capacities, needs, things to avoid and wishes hang together in one kind of life. It shapes the draw and is then
/// forgotten: only axes and needs reach a record that is matched, and the certificate's category stays with the evidence.
/// </summary>
/// <param name="Limits">Axes on which the person's capacity lies in a range; the first is what the person would say first.</param>
/// <param name="Needs">Accommodation, how many of a hundred mark it must, how many helps.</param>
/// <param name="Avoid">Exposure or shift code, how many of a hundred must avoid it, how many would rather.</param>
/// <param name="Work">Occupations wished for, with weights.</param>
/// <param name="Category">Of the certificate, GB/T 26341-2010; null where such people seldom hold one.</param>
internal sealed record Archetype(
    string Name, int Weight, (Axis Axis, int Low, int High)[] Limits, (string Code, int Must, int Helps)[] Needs, (string Code, int Must, int RatherNot)[] Avoid,
    (string What, int Weight)[] Work, int? Category, int GradeLow, int GradeHigh)
{
    /// <summary>Of a hundred, how many would only work from home.</summary>
    public int HomeOnly { get; init; } = 12;

    /// <summary>Of a hundred, how many want a short week.</summary>
    public int ShortWeek { get; init; } = 16;

    public static readonly IReadOnlyList<Archetype> All =
    [
        new("deaf, signs", 13, [(Hearing, 0, 0), (Speaking, 0, 1), (ReadingWriting, 1, 3)],
            [("TEXT_ONLY_CONTACT", 42, 40), ("SIGN_INTERPRETER", 26, 40), ("CAPTIONS", 6, 34), ("VISUAL_ALERTS", 12, 34), ("WRITTEN_STEPS", 6, 30), ("INTERVIEW_ADJUST", 6, 24)],
            [("MOVING_MACHINERY", 10, 10)],
            [("PACKER", 10), ("ELECTRONICS_ASSEMBLER", 10), ("PRODUCT_INSPECTOR", 10), ("BARISTA", 6), ("BAKER", 6), ("SEWING_OPERATOR", 6), ("GRAPHIC_DESIGNER", 5),
             ("DATA_ANNOTATOR", 6), ("LIVE_HOST_SALES", 3), ("CAR_WASHER", 4), ("CHAT_SERVICE", 6), ("DELIVERY_RIDER", 3)], 2, 1, 2),
        new("hard of hearing", 9, [(Hearing, 1, 2), (Speaking, 2, 3)],
            [("TEXT_ONLY_CONTACT", 10, 34), ("CAPTIONS", 4, 30), ("HEARING_LOOP", 3, 18), ("QUIET_SPACE", 8, 30), ("WRITTEN_STEPS", 6, 28), ("VISUAL_ALERTS", 4, 20)],
            [("NOISE", 34, 30)],
            [("CHAT_SERVICE", 10), ("DATA_ENTRY_CLERK", 8), ("PRODUCT_INSPECTOR", 8), ("OFFICE_CLERK", 6), ("PACKER", 8), ("WAREHOUSE_PICKER", 5), ("SHELF_FILLER", 5), ("VIDEO_EDITOR", 4)],
            2, 3, 4),
        new("low vision", 8, [(Seeing, 1, 1), (Travel, 1, 3)],
            [("LARGE_PRINT", 34, 46), ("LIGHT_ADJUST", 12, 34), ("SCREEN_READER", 6, 24), ("ROUTE_TRAINING", 6, 24), ("TACTILE_MARKS", 2, 10)],
            [("NIGHT", 34, 24), ("MOVING_MACHINERY", 34, 16), ("BRIGHT_FLASHING_LIGHT", 22, 34), ("HEIGHTS", 24, 10)],
            [("WELLNESS_MASSAGE", 10), ("PHONE_SERVICE", 8), ("PACKER", 5), ("LIVE_HOST_SALES", 5), ("CLEANER", 4), ("VOCATIONAL_TRAINER", 3), ("MONITOR_GUARD", 2), ("LOTTERY_SELLER", 3)],
            1, 3, 4),
        new("blind", 6, [(Seeing, 0, 0), (Travel, 1, 2), (ReadingWriting, 1, 3)],
            [("SCREEN_READER", 52, 30), ("ROUTE_TRAINING", 20, 44), ("READ_WRITE_HELP", 14, 34), ("BRAILLE", 5, 22), ("GUIDE_DOG", 4, 2), ("ACCESSIBLE_LODGING", 4, 24), ("TRANSPORT", 6, 30)],
            [("MOVING_MACHINERY", 52, 10), ("HEIGHTS", 30, 10), ("NIGHT", 14, 24)],
            [("WELLNESS_MASSAGE", 22), ("MEDICAL_MASSAGE", 8), ("PHONE_SERVICE", 12), ("TELEPHONE_OPERATOR", 6), ("ACCESSIBILITY_TESTER", 6), ("VOICE_ACTOR", 6), ("PIANO_TUNER", 3),
             ("MUSIC_TEACHER", 4), ("TRANSCRIBER", 5)], 1, 1, 2) { HomeOnly = 18 },
        new("wheelchair", 11, [(StandingWalking, 0, 1), (Lifting, 0, 1), (Travel, 1, 2)],
            [("STEP_FREE", 66, 20), ("ACCESSIBLE_TOILET", 44, 30), ("WHEELCHAIR_WORKSTATION", 24, 44), ("REMOTE_WORK", 6, 44), ("TRANSPORT", 8, 36), ("ACCESSIBLE_LODGING", 6, 20), ("LIFT_HELP", 4, 30)],
            [("OUTDOORS", 14, 24), ("HEIGHTS", 30, 10), ("NIGHT", 10, 20)],
            [("CHAT_SERVICE", 12), ("DATA_ANNOTATOR", 10), ("ONLINE_SHOP_OPERATOR", 7), ("LIVE_HOST_SALES", 9), ("WEBSITE_MAINTAINER", 6), ("HANDICRAFT_MAKER", 8), ("VIDEO_EDITOR", 6),
             ("BOOKKEEPER", 4), ("LOTTERY_SELLER", 4), ("SOFTWARE_DEVELOPER", 3), ("ILLUSTRATOR", 3), ("PHONE_SERVICE", 5)], 4, 1, 3) { HomeOnly = 24, ShortWeek = 20 },
        new("walks with difficulty", 18, [(StandingWalking, 1, 2), (Lifting, 1, 2), (Endurance, 1, 3)],
            [("SIT_OR_STAND", 20, 46), ("LIFT_HELP", 10, 36), ("STEP_FREE", 8, 26), ("REST_BREAKS", 6, 30), ("TRANSPORT", 3, 22), ("EQUIPMENT_LOAN", 2, 10)],
            [("HEIGHTS", 24, 10), ("COLD", 8, 22), ("NIGHT", 14, 20), ("OUTDOORS", 6, 20)],
            [("OFFICE_CLERK", 8), ("PRODUCT_INSPECTOR", 9), ("ELECTRONICS_ASSEMBLER", 8), ("CASHIER", 6), ("MONITOR_GUARD", 9), ("CHAT_SERVICE", 7), ("ARCHIVE_CLERK", 5), ("PACKER", 6),
             ("LIVE_HOST_SALES", 5), ("STOCK_CLERK", 4), ("IT_SUPPORT", 3), ("WEBSITE_MAINTAINER", 4), ("FRUIT_GROWER", 3)], 4, 3, 4),
        new("one hand", 9, [(BothHands, 1, 2), (FineHands, 1, 2), (Lifting, 1, 2)],
            [("ONE_HAND_TOOLS", 22, 42), ("LIFT_HELP", 8, 34), ("OWN_PACE", 6, 24), ("ALT_INPUT", 4, 14)],
            [("MOVING_MACHINERY", 24, 20)],
            [("MONITOR_GUARD", 10), ("LIVE_HOST_SALES", 7), ("PHONE_SERVICE", 7), ("CLEANER", 5), ("SHOP_ASSISTANT", 5), ("CAR_DRIVER", 3), ("GARDEN_WORKER", 4), ("STOCK_CLERK", 4),
             ("DELIVERY_RIDER", 3), ("VOCATIONAL_TRAINER", 2)], 4, 2, 4),
        new("movement and speech", 5, [(Speaking, 1, 2), (FineHands, 0, 1), (BothHands, 1, 2), (StandingWalking, 1, 2)],
            [("ALT_INPUT", 20, 36), ("COMMUNICATION_DEVICE", 14, 30), ("OWN_PACE", 20, 40), ("INTERVIEW_ADJUST", 6, 34), ("TEXT_ONLY_CONTACT", 10, 28), ("PERSONAL_ASSISTANT", 4, 18)],
            [("MOVING_MACHINERY", 30, 20)],
            [("CHAT_SERVICE", 8), ("DATA_ANNOTATOR", 8), ("PROOFREADER", 4), ("ONLINE_SHOP_OPERATOR", 5), ("HANDICRAFT_MAKER", 4), ("SOFTWARE_TESTER", 3)], 4, 2, 3) { HomeOnly = 26, ShortWeek = 24 },
        new("learns slowly", 8, [(Learning, 0, 1), (ReadingWriting, 0, 1), (FocusPace, 1, 2), (People, 1, 2)],
            [("SHOWN_TRAINING", 34, 44), ("MENTOR", 20, 40), ("FIXED_ROUTINE", 22, 36), ("JOB_COACH", 10, 30), ("EASY_READ", 10, 34), ("WORK_TRIAL", 4, 30)],
            [("CROWDS", 14, 20), ("NIGHT", 24, 20), ("MOVING_MACHINERY", 24, 14)],
            [("CAR_WASHER", 12), ("PACKER", 12), ("CLEANER", 12), ("BAKER", 6), ("KITCHEN_ASSISTANT", 8), ("HANDICRAFT_MAKER", 8), ("SHELF_FILLER", 6), ("GARDEN_WORKER", 6), ("LAUNDRY_WORKER", 5)],
            5, 3, 4) { ShortWeek = 24 },
        new("mind under strain", 8, [(FocusPace, 1, 2), (People, 1, 2), (Endurance, 1, 2)],
            [("STEP_OUT", 16, 40), ("FLEX_HOURS", 14, 36), ("MEDICAL_LEAVE", 26, 36), ("REST_BREAKS", 10, 36), ("NO_NIGHT_SHIFT", 30, 24), ("QUIET_SPACE", 10, 30), ("GRADUAL_START", 8, 30), ("MENTOR", 4, 24)],
            [("NIGHT", 40, 20), ("NOISE", 16, 30), ("CROWDS", 22, 34)],
            [("HANDICRAFT_MAKER", 9), ("GARDEN_WORKER", 9), ("ARCHIVE_CLERK", 7), ("DATA_ENTRY_CLERK", 7), ("DATA_ANNOTATOR", 7), ("BAKER", 5), ("SHELF_FILLER", 5), ("PACKER", 6)], 6, 2, 4)
            { ShortWeek = 34 },
        new("people are hard", 4, [(People, 0, 1), (Speaking, 1, 3), (FocusPace, 1, 3)],
            [("FIXED_ROUTINE", 26, 40), ("WRITTEN_STEPS", 20, 40), ("QUIET_SPACE", 24, 40), ("INTERVIEW_ADJUST", 14, 36), ("JOB_COACH", 6, 24), ("STEP_OUT", 14, 30)],
            [("NOISE", 40, 30), ("CROWDS", 46, 24), ("BRIGHT_FLASHING_LIGHT", 16, 24)],
            [("DATA_ANNOTATOR", 12), ("SOFTWARE_TESTER", 5), ("ARCHIVE_CLERK", 7), ("DATA_ENTRY_CLERK", 7), ("ILLUSTRATOR", 6), ("SHELF_FILLER", 5), ("PIANO_TUNER", 1)], 6, 3, 4) { HomeOnly = 18 },
        new("tires soon", 8, [(Endurance, 0, 1), (Lifting, 0, 1), (StandingWalking, 1, 2)],
            [("PART_TIME", 22, 40), ("REST_BREAKS", 16, 40), ("REMOTE_WORK", 8, 40), ("MEDICAL_LEAVE", 30, 36), ("SIT_OR_STAND", 8, 34), ("FLEX_HOURS", 8, 36), ("CLIMATE_COMFORT", 4, 20)],
            [("HEAT", 24, 30), ("DUST_FUMES", 30, 24), ("NIGHT", 40, 24), ("COLD", 14, 24)],
            [("CHAT_SERVICE", 9), ("OFFICE_CLERK", 6), ("HANDICRAFT_MAKER", 8), ("DATA_ENTRY_CLERK", 6), ("BOOKKEEPER", 4), ("TRANSCRIBER", 5), ("SOCIAL_MEDIA_OPERATOR", 4), ("WEBSITE_MAINTAINER", 4)],
            null, 3, 4) { HomeOnly = 20, ShortWeek = 58 },
        new("speaks little", 3, [(Speaking, 0, 1)],
            [("TEXT_ONLY_CONTACT", 26, 40), ("COMMUNICATION_DEVICE", 12, 36), ("INTERVIEW_ADJUST", 8, 30)],
            [],
            [("PACKER", 8), ("DATA_ANNOTATOR", 8), ("WAREHOUSE_PICKER", 6), ("SEWING_OPERATOR", 5), ("STOCK_CLERK", 5), ("CHAT_SERVICE", 6), ("KITCHEN_ASSISTANT", 4)], 3, 1, 4),
    ];
}
