using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace JobMatch.Matching;

/// <summary>
/// Words that mean the same in a job title, and words that say nothing about the job. Written from general knowledge of
/// recruitment notices in Chinese and in British and American English; from no test set.
/// </summary>
internal static partial class JobWords
{
    /// <summary>Any member, of one to three folded words → the first of its group.</summary>
    public static readonly FrozenDictionary<string, string> English = Read("""
        doctor, physician, medic, medical practitioner, gp
        nurse, rn, lpn, registered nurse
        lawyer, attorney, solicitor, barrister, advocate, legal counsel
        legal, law
        judge, magistrate
        teacher, instructor, tutor, lecturer, trainer, educator, professor, teaching, training
        university, postsecondary, college, academic, higher education
        primary, elementary
        kindergarten, preschool, nursery school, childcare, early years, early childhood
        technician, technologist, tech
        mechanic, repairer, repairman, repairperson, maintainer, fitter, serviceman, servicer
        repair, maintenance, servicing, upkeep
        install, installer, installation, fitting
        operator, tender, operative, machinist, attendant
        worker, labourer, laborer
        helper, assistant, asst, aide, aid, auxiliary
        clerk, clerical, office worker
        office, administrative, admin, administration
        secretary, secretarial, personal assistant, pa
        manager, mgr, director, head, administrator, executive, superintendent, vp, vice president
        chief executive, ceo, managing director
        supervisor, foreman, forewoman, team leader, overseer, first line supervisor, charge hand, crew leader
        coordinator, organiser, organizer, planner
        scientist, researcher, research
        analyst, analysis
        engineer, engineering
        architect, architecture, architectural
        designer, design, stylist
        sales, salesperson, seller, salesman, saleswoman, vendor, selling, sales representative, sales agent, account executive
        representative, rep, agent
        retail, store, shop
        buyer, purchasing, procurement, purchaser
        cashier, teller, checkout, till
        marketing, advertising, promotion, publicity
        public relations, pr
        human resources, hr, personnel
        recruiter, recruitment, talent acquisition
        customer service, customer support, client service
        call centre, call center, telephone, phone, hotline
        driver, driving, chauffeur
        truck, lorry, hgv
        car, automobile, automotive, vehicle, motor, auto
        taxi, cab
        courier, delivery, messenger
        aircraft, airplane, aeroplane, aviation, plane
        flight attendant, steward, stewardess, cabin crew
        ship, vessel, boat, marine, maritime
        rail, railway, railroad, train
        lift, elevator
        freight, cargo, goods
        warehouse, storage, depot, stockroom
        stock, inventory
        mover, loader, handler, porter, stevedore
        packer, packager, packaging, packing
        sorter, grader, sorting, grading
        waiter, waitress, server
        bartender, barman, barmaid, barkeeper
        cook, chef, cooking
        catering, restaurant, food service
        dishwasher, kitchen porter
        baker, bakery, pastry
        butcher, slaughterer, meat cutter
        hotel, lodging, accommodation, hospitality
        cleaner, janitor, caretaker, custodian, cleaning
        housekeeper, housekeeping, maid, chambermaid
        laundry, dry cleaning, washing
        waste, garbage, refuse, trash, rubbish
        security guard, guard, warden, watchman
        police, constable, sheriff, cop
        firefighter, fireman, fire fighter
        prison, correctional, jail, correction
        soldier, military, army, armed force
        mail, post, postal
        property, real estate, realty, estate
        broker, dealer, trader
        bank, banking
        bookkeeper, accountant, bookkeeping, accounting
        finance, financial
        tax, revenue
        insurance, underwriting
        payroll, wage
        pharmacist, chemist, pharmacy
        drug, pharmaceutical, medicine
        physiotherapist, physical therapist, physiotherapy, physical therapy
        dentist, dental, dentistry
        optician, optometrist, optical
        ambulance, paramedic, emergency medical, emt
        laboratory, lab
        health, healthcare, medical, clinical
        care assistant, caregiver, carer, nursing aide, nursing assistant, home health aide
        psychologist, psychology
        counsellor, counselor, adviser, advisor, consultant
        social worker, social work, caseworker
        veterinary, vet, veterinarian
        clergy, priest, minister, clergyman, pastor
        undertaker, mortician, funeral director
        hairdresser, barber, hairstylist, hair stylist
        beautician, cosmetologist, beauty therapist
        masseur, masseuse, massage therapist, massage
        fitness, exercise, gym
        sport, athletic, athlete
        referee, umpire, sport official
        travel, tour, tourist, tourism
        gambling, gaming, casino, betting
        actor, actress, performer, entertainer
        musician, instrumentalist
        film, movie, cinema, motion picture
        photographer, photography
        journalist, reporter, correspondent
        announcer, presenter, broadcaster
        writer, author
        interpreter, translator
        library, librarian
        computer, it, ict, information technology
        software developer, programmer, software engineer, developer, coder
        web, internet, website
        livestream, live stream, livestreaming
        e commerce, ecommerce, online shop, online store
        statistician, statistical, statistics
        mathematician, mathematics, mathematical
        chemistry, chemical
        geologist, geoscientist, geology
        surveyor, surveying, land survey
        clothing, apparel, garment
        fabric, textile, cloth
        shoe, footwear
        jewellery, jewelry, jeweller, jeweler
        tailor, dressmaker, seamstress
        sew, sewing, sewer
        furniture, cabinetmaker, cabinet maker
        wood, timber, lumber
        carpenter, joiner, carpentry
        bricklayer, brickmason, mason, masonry
        plumber, pipefitter, pipelayer, plumbing
        electrician, electrical, electric
        welder, welding, solderer, soldering
        painter, painting, decorator
        roofer, roofing
        plasterer, drywall
        cement, concrete
        heating, hvac, air conditioning, refrigeration
        crane, hoist
        construction, building, builder
        assembler, fabricator, assembly, assembling
        inspector, examiner, checker, tester, inspection, quality control, qc, quality assurance, qa
        factory, manufacturing, production
        machine, machinery
        tool, die
        power, energy
        petroleum, oil
        mine, mining, quarry, miner
        metal, steel
        tyre, tire
        farmer, farm, agricultural, agriculture, grower
        livestock, cattle, ranch
        fisher, fisherman, fishing, fishery
        hunter, trapper
        forest, forestry, logging, logger
        gardener, gardening, landscaping, landscaper, groundskeeper, groundskeeping, horticultural
        pest control, exterminator, fumigator
        sewage, wastewater
        telecommunication, telecom
        politician, legislator
        chairman, chair, chairperson
        baby, infant
        child, children, kid
        man, men, woman, women
        person, people
        senior, sr
        junior, jr
        department, dept
        general, gen
        international, intl
        """);

    /// <summary>Any member, of two characters or more → the first of its group.</summary>
    public static readonly FrozenDictionary<string, string> Chinese = Read("""
        检验, 检查, 检测, 质检, 品检, 巡检, 质量检验
        修理, 维修, 检修, 修配
        维护, 运维, 保养
        清洁, 保洁, 清扫, 打扫, 环卫
        清洗, 洗涤, 洗衣
        家政, 保姆, 钟点工, 阿姨
        月嫂, 育儿嫂, 育婴
        护理, 护工, 陪护, 看护
        护士, 护师
        医生, 医师, 大夫
        药师, 药剂
        驾驶, 司机, 开车
        货车, 卡车
        客服, 客户服务
        录入, 输入, 打字
        销售, 售货, 营业, 导购, 售卖, 推销
        营销, 推广, 市场
        采购, 买手
        包装, 打包, 装箱
        搬运, 装卸, 搬货
        快递, 配送, 送货, 派送, 外卖
        教师, 老师, 讲师, 教员, 教练, 导师
        培训, 教学, 授课, 辅导
        幼教, 幼师, 保育
        助理, 助手, 帮工, 辅助, 帮手
        分拣, 拣货, 配货, 分货, 拣选
        仓库, 库房, 仓储, 库管, 仓管
        主播, 直播, 带货
        文员, 文秘, 内勤, 行政
        人事, 人力资源
        会计, 财务, 记账, 做账, 出纳
        律师, 法务
        保安, 门卫, 安保, 警卫
        监控, 监视
        按摩, 推拿, 足疗
        美发, 理发, 发型
        美工, 平面设计
        剪辑, 后期
        摄影, 拍照, 照相
        摄像, 拍摄, 录像
        种植, 栽培
        养殖, 饲养
        园艺, 绿化, 园林
        缝纫, 缝补, 车缝, 缝制
        服装, 制衣, 成衣
        厨师, 后厨, 帮厨, 厨工, 厨房
        面包, 烘焙, 糕点, 西点, 蛋糕
        电商, 网店, 淘宝, 电子商务
        网络, 互联网, 线上, 在线
        装配, 组装
        电焊, 焊接, 焊工
        喷漆, 油漆, 涂装
        普工, 杂工
        标注, 标记
        审核, 审查, 复核
        校对, 校稿, 审校
        翻译, 口译, 笔译
        写作, 写手, 撰稿, 作家, 作者
        开发, 编程, 程序
        测试, 测评
        电脑, 计算机
        经理, 主管
        收银, 收款, 结算
        接待, 前台
        话务, 接线, 呼叫
        电话, 热线
        演奏, 伴奏, 乐手
        歌手, 唱歌, 演唱, 声乐
        手工, 手作, 工艺
        刺绣, 绣花
        店铺, 门店, 商店, 店面
        摆摊, 地摊, 摊位
        理货, 上货, 补货
        打印, 文印, 复印
        咨询, 顾问
        残疾人, 残障
        """);

    public static readonly int LongestChinese = Chinese.Keys.Max(x => x.Length);

    /// <summary>Left out unless nothing else is there: small words and calls to apply.</summary>
    public static readonly FrozenSet<string> EnglishFillers =
        "a an the and or of for in on at to with by from as all other etc including related vacancy wanted hiring urgent".Split(' ').ToFrozenSet();

    /// <summary>Likewise: calls to apply and terms of employment. Shifts are not among them, since 能上夜班 is not 能上白班.</summary>
    [GeneratedRegex("急聘|诚聘|急招|诚招|直招|高薪|全职|兼职|长白班|双休|单休|周末休|包吃包住|包吃住|包食宿|包吃|包住|提供住宿|五险一金|五险|若干名|男女不限|经验不限|无需经验|可居家|可远程|残疾人优先")]
    public static partial Regex ChineseFillers();

    /// <summary>What makes a doer of a doing (质检 → 质检员), longest first.</summary>
    public static readonly string[] Endings = ["人员", "专员", "职员", "员工", "工人", "师傅", "技师", "员", "工", "师", "者", "手", "匠", "户", "人"];

    // Group words are looked up in the singular.
    private static FrozenDictionary<string, string> Read(string groups) =>
        groups.Split('\n').Select(line => line.Split(", ").Select(x => string.Join(' ', x.Split(' ').Select(EnglishStem.Singular))).ToArray())
            .SelectMany(group => group.Select(word => (Word: word, First: group[0]))).ToFrozenDictionary(x => x.Word, x => x.First);
}
