"""Spanish, Portuguese, French and Italian phrases."""

TALK = r"""
^(?:de nada|por nada|de rien|je vous en prie|prego|di niente|cu plăcere|de res)
^(?:soy|sou|sono|sunt) (?:una? |uma |un'|um |doar |solo |apenas |sólo )?(?:ia|ai|asistente|modelo?|assistente?|
    inteligen\w+)
^(?:preciso|precisamos|necessito|necesito|necesitamos) (?:de|que|más|mais|ver|saber|el|la|o|a|un|uma?)
^(?:ho|avrei|abbiamo) bisogno|^(?:mi|ci) (?:serve|servono|occorr\w+)|^(?:il me|il nous) (?:faut|manque)|^(?:me|
    nos) falta\w*
^(?:ho sento|malauradament|disculp\w+|perdona|si us plau|és clar[!,.]|aquí (?:tens|teniu)|no (?:puc|tinc)|puc |
    podries|
    sembla que|l'usuari (?:vol|demana))
^(?:îmi pare rău|din păcate|scuze|vă rog|te rog|desigur[!,.]|sigur[!,.]|iată|se pare|nu (?:pot|am acces|înțeleg)|pot |
    ați putea|utilizatorul (?:vrea|dorește|cere))
^no (?:recuerdo|veo|conozco|entiendo|encuentro|comprendo|dispongo|poseo|logro)
^não (?:lembro|vejo|entendo|conheço|encontro|compreendo|disponho|possuo|recordo|me)
^non (?:ricordo|vedo|capisco|conosco|trovo|dispongo)
^(?:yo )?(?:no )?(?:me )?(?:puedo|tengo|estoy|soy|creo|necesito|entiendo|veo|logro|voy|quisiera|podría|debo|
    sugiero|recomiendo|encuentro)
no (?:puedo|tengo|estoy|logro|dispongo|soy capaz|cuento)
(?:lo siento|lamento|lamentablemente|desafortunadamente|disculpa|disculpe|perdón|perdona|
    mis disculpas)(?:[,.!;]| (?:pero|no|por|mucho|decir|informar|que|la|los|las))
^(?:mi dispiace|purtroppo|scusa|scusate|spiacente)(?:[,.!]| )
como (?:un |una )?(?:modelo|ia|asistente|inteligencia|assistente|inteligência)
^[¡¿]?(?:hola|buenos días|buenas|bienvenido|olá|oi|bom dia|bem-vindo|bonjour|salut|bienvenue|ciao|salve|
    buongiorno|bonsoir)[ ]?[!,.]
^¿?(?:en qué|cómo|qué|cuál|con qué|como|em que|o que|no que|qual|comment|que|quel|quelle|en quoi|come|cosa|
    in cosa|che cosa) (?:\w+ )?(?:puedo|podría|te|le|quieres|quiere|desea|deseas|necesitas|gustaría|posso|você|
    gostaria|deseja|quer|puis|souhaitez|voulez|désirez|peux|souhaites|veux|vorresti|vuoi|desideri)
^¿?(?:podrías?|puedes?|puede|quieres|quiere|desea|tienes|podría usted|me puedes|você (?:pode|poderia|quer|
    gostaria)|poderia|pode|pourriez|pouvez|peux|pourrais|voulez|souhaitez|avez|puoi|potresti|vuoi|
    può)(?:[ -](?:tu|vous|me|você|por|usted|compartir|compartilhar|fornecer|condividere|fornire|dar\w*|darme|
    decir\w*|proporcionar|especificar|aclarar|pegar|colar|explicar|détailler|coller|préciser|partager|incollare|
    utilizar|usar|utiliser|usare|ayudar\w*|hacer|que|más|mais))
^[¡]?(?:claro|por supuesto|desde luego|con gusto|entendido|vale|perfecto|de acuerdo|sí|com certeza|certo|
    entendi|perfeito|sim|bien sûr|certainement|d'accord|avec plaisir|parfait|oui|non|très bien|va bene|perfetto|
    sì|com prazer|está bien|está bem|combinado|evidentemente|naturalmente|não|no)(?: que (?:sí|sim))? ?[!,.:]
^(?:aquí|aqui|voici|voilà|ecco|a continuación|a seguir|segue|seguem|ci-dessous|di seguito|qui) ?(?:tienes|
    tiene|está|están|estão|va|te|le|hay|os|o|a|um|uma|un|une|le|la|les|il|lo|i|gli|è|seu|sua|votre|ton|i tuoi|
    il tuo|unos|sono|temos|puoi|se|l'\w+|quelques|deux)
^(?:este|esta|esto|esse|essa|isso|isto|ce|cette|cela|ceci|questo|questa) (?:es|é|est|è|parece|semble|sembra|
    tarea|tarefa|tâche|solicitud|solicitação|pedido|demande|richiesta|mensaje|mensagem|message|messaggio|
    compito|proyecto (?:es|parece)|projeto (?:é|parece)|projet (?:est|semble)|suena|podría|enlace|lien|link|no|
    não)
^(?:puedes|puede|podrías|deberías|debes|tienes que|necesitas|você (?:pode|deve|precisa|poderia|tem)|
    vous (?:pouvez|devez|devriez|avez|pourriez|souhaitez)|tu (?:peux|dois|devrais|as)|puoi|dovresti|devi|
    potresti|pode (?:usar|utilizar)|é possível usar|se puede usar)
^(?:por favor|favor de|por gentileza|veuillez|merci de|s'il (?:vous|te) plaît|per favore|si prega|prego)
^(?:he (?:creado|escrito|hecho|preparado|revisado)|eu (?:não|posso|vou|criei|fiz|escrevi|preciso|sou|estou|
    tenho|gostaria|entendo|acho|sinto|consigo)|fiz o|criei|escrevi o|vou \w+|je \w+|je n'\w+|j'\w+|nous ne|
    io (?:non|posso|sono|ho)|ho (?:creato|scritto|preparato|fatto|bisogno)|non (?:posso|riesco|ho|sono)|
    não (?:posso|consigo|tenho|estou|sou|sei|pude)|no he)
(?:não (?:posso|consigo|tenho|estou|sou capaz|disponho|pude)|je (?:ne|n'\w+|suis|peux|vous|pense)|j'ai|
    il m'est|non (?:posso|riesco|ho accesso)|não me é|no me es)
^(?:désolé|je suis désolé|malheureusement|navré|toutes mes excuses|excusez-moi)(?:[,.!]| (?:mais|je|de|pour|
    il|ce|cette|cela))
^(?:desculpe|desculpa|sinto muito|lamento|infelizmente|peço desculpas|me desculpe|minhas desculpas)(?:[,.!]|
     (?:mas|não|por|pelo|pela|o|eu))
(?:en tant qu[e'] ?|étant )(?:une? )?(?:ia|modèle|assistant|intelligence)
^(?:l'utilisateur|l'utente|el usuario|o usuário|o utilizador|la usuaria|a usuária|il cliente) (?:quiere|
    desea|pide|pregunta|solicita|necesita|ha|está|busca|saluda|quer|deseja|pede|pergunta|precisa|souhaite|veut|
    demande|a (?:demandé|besoin|envoyé)|cherche|salue|vuole|chiede|desidera|n'a|no|não|non)
^(?:basado en|según (?:la|el|tu|su)|con base en|com base|segundo|selon (?:le|la|vos|votre)|d'après|
    parece que|parece ser|il semble|on dirait|sembra che|para (?:hacer|fazer) (?:esto|isso|eso)|
    pour (?:ce faire|cela)|primero,|primeiro,|d'abord,|prima,|déjame|deixe-me|laissez-moi|vamos a|
    vamos (?:\w+) )
^(?:el|o|le|il) (?:título|título|titre|titolo|nombre|nome|nom) (?:es|é|est|è|sería|seria|serait|sarebbe|
    podría|para|pour|per)
(?:para|pour|per) (?:tu|su|sua|seu|votre|ta|ton|vostro|tuo|il tuo|la tua|a sua) (?:tarea|tarefa|tâche|
    solicitud|solicitação|demande|richiesta|compito|pedido)
(?:vous|te|ti|vi|lhe|te|le|os) (?:aider|ayudar|ajudar|aiutare|assister)
(?:ayudarte|ayudarle|ajudá-lo|ajudar você|aiutarti|aiutarla|te ajudar|lhe ajudar)
(?:gracias por|obrigado por|obrigada por|merci (?:pour|d)|grazie per)
(?:tu|su|sua|seu|votre|ton|ta|il tuo) (?:mensaje|solicitud|pregunta|petición|mensagem|pedido|solicitação|
    pergunta|message|demande|question|messaggio|richiesta)
(?:o|el|le|il) json (?:solicitado|demandé|richiesto|pedido|requerido)
json (?:solicitado|demandé|richiesto|pedido|requerido)
"""

INABILITY = r"""
^(?:no (?:es posible|se (?:puede|pudo|pueden|ha podido|logró))|imposible|incapaz de|incapacidad (?:de|para)|
    sin (?:acceso|posibilidad|capacidad|permiso)|no disponible|no fue posible)
^(?:não (?:é possível|foi possível|se pode|há como|dá para|há acesso)|impossível|incapaz de|sem (?:acesso|
    possibilidade|capacidade|permissão)|incapacidade)
^(?:impossible(?: de)?|impossibilité|incapable|incapacité|pas d'accès|aucun accès|sans accès|ne (?:peut|
    peux) pas|échec (?:de l'accès|d'accès)|accès impossible|n'a pas accès)
^(?:impossibile|non è possibile|incapace|nessun accesso|senza accesso|impossibilità|accesso impossibile|
    non (?:si )?può)
(?:no (?:disponible|accesible|permitido|soportado|compatible)|inaccesible|inacessível|indisponível|
    não (?:disponível|acessível|permitido|suportado)|inaccessible|indisponible|non (?:disponible|accessible|
    autorisé|accessibile|disponibile)|inaccessibile|impossible|imposible|impossível|impossibile|restringido|
    restrito|restreint|denegado|negado|limitado|não encontrado|bloqueado)s?$
"""

CAPABILITY = r"""
acceder|accede|acceso|accesos|abrir|navegar|visitar|ver|leer|consultar|obtener|cargar|ayudar|ayudarte|
    completar|procesar|entender|comprender|determinar|identificar|generar|responder|cumplir|proporcionar|
    atender|realizar|inaccesible|accesible|analizar|recuperar|acessar|acesso|ler|obter|carregar|ajudar|
    processar|gerar|fornecer|inacessível|compreender|visualizar|cumprir|recuperar|analisar|accéder|accès|ouvrir|
    naviguer|visiter|voir|lire|charger|aider|traiter|déterminer|répondre|fournir|identifier|inaccessible|
    récupérer|analyser|consulter|afficher|effectuer|réaliser|accedere|accesso|aprire|navigare|visitare|vedere|
    leggere|aiutare|elaborare|capire|determinare|rispondere|fornire|inaccessibile|visualizzare|completare
"""

META = r"""
(?:mensaje|solicitud|petición|tarea|tema|contexto|contenido|texto|pregunta|entrada|instrucción|intención|
    información|descripción|consulta|asunto|objetivo)e?s?(?: \w+){0,4}? (?:incomplet[oa]s?|truncad[oa]s?|
    cortad[oa]s?|poco clar[oa]s?|no (?:está |es |queda |fue |ha sido )?(?:clar[oa]|especificad[oa]|
    proporcionad[oa]|definid[oa]|suficiente|complet[oa]|dispo\w+)s?|ambigu[oa]s?|vag[oa]s?|vací[oa]s?|
    desconocid[oa]s?|insuficientes?|indefinid[oa]s?|imprecis[oa]s?|faltantes?|no se entiende|confus[oa]s?|
    incomprensibles?)$
(?:mensagem|solicitação|pedido|tarefa|tema|assunto|contexto|conteúdo|texto|pergunta|entrada|instrução|
    intenção|informaç(?:ão|ões)|descrição|objetivo|tópico)(?:s)?(?: \w+){0,4}? (?:incomplet[oa]s?|truncad[oa]s?|
    cortad[oa]s?|pouco clar[oa]s?|não (?:está |é |foi |ficou |são )?(?:clar[oa]|especificad[oa]|fornecid[oa]|
    definid[oa]|suficiente|complet[oa])s?|ambígu[oa]s?|vag[oa]s?|vazi[oa]s?|desconhecid[oa]s?|insuficientes?|
    indefinid[oa]s?|necessári[oa]s?|faltantes?|confus[oa]s?|incompreensíve\w+)$
(?:message|demande|tâche|sujet|contexte|contenu|texte|question|requête|instruction|intention|informations?|
    description|saisie|phrase|objectif|thème)s?(?: [\w']+){0,4}? (?:incompl(?:et|ète)s?|tronquée?s?|coupée?s?|
    peu claire?s?|(?:n'est |est |n'a |a )?(?:pas |non )(?:été )?(?:claire?|précisée?|spécifiée?|fournie?|
    définie?|suffisante?|complète?|complet|comprise?)s?|ambigu\w*|vagues?|vides?|inconnue?s?|insuffisante?s?|
    indéfinie?s?|imprécise?s?|manquante?s?|flou\w*|confuse?s?|incompréhensibles?)$
(?:messaggio|richiesta|compito|tema|contesto|contenuto|testo|domanda|argomento|attività|informazioni|
    istruzioni|descrizione)(?: \w+){0,4}? (?:incomplet[oa]|troncat[oa]|poco chiar[oa]|non (?:è )?(?:chiar[oa]|
    specificat[oa]|fornit[oa]|definit[oa])|ambigu[oa]|vag[oa]|vuot[oa]|sconosciut[oa]|insufficient[ei]|
    mancant[ei]|interrott[oa])$
(?:no|não|non) se (?:proporcionó|especificó|indicó|proporcionaron|ha proporcionado|
    ha especificado)(?: \w+){0,3}$
^(?:ningun[oa]?|sin|falta(?: de|n)?|no hay|más|nenhum[a]?|sem|mais|falta|não há|aucun(?:e)?|pas de|sans|
    manque de|plus de|besoin de|nessun[oa]?|senza|mancanza di|più|ausencia de|ausência de|absence de|
    carencia de)(?: d'| de| \w+){0,3}? ?(?:tareas?|contexto|información|detalles|solicitud|tema|instrucciones|
    contenido|tarefas?|informaç(?:ão|ões)|detalhes|solicitação|assunto|instruç(?:ão|ões)|conteúdo|tâches?|
    contexte|informations?|détails|demande|sujet|instructions?|contenu|précisions?|compit[oi]|attività|contesto|
    informazioni|dettagli|richiesta|argomento|istruzioni|claridad|clareza|clarté|aclaración|esclarecimento|
    éclaircissements?|clarifications?)(?: (?:[\w']+ )*(?:proporcionad[oa]s?|especificad[oa]s?|definid[oa]s?|
    disponibles?|suficientes?|necesari[oa]s?|requerid[oa]s?|fornecid[oa]s?|disponíveis|disponível|
    necessári[oa]s?|fournie?s?|spécifiée?s?|précisée?s?|définie?s?|nécessaires?|requise?s?|suffisante?s?|
    suffisant|fornit[oaie]|specificat[oaie]|necessari[oae]|trovat[oaie]|dad[oa]s?|indicad[oa]s?|asignad[oa]s?|
    recibid[oa]s?|donnée?s?|détectée?s?|demandée?s?|informad[oa]s?|encontrad[oa]s?))?$
^(?:se (?:necesita|necesitan|requiere|requieren)|é necessário|são necessári[oa]s|precisa(?:-se)?(?: de)?|
    necesita|necesito|nécessite|il faut|requiert|servono|serve|è necessario|solicitud de|pedido de|demande de|
    richiesta di|solicitação de)(?: \w+){0,2}? (?:información|detalles|contexto|aclaración|aclaraciones|
    informações|detalhes|esclarecimentos?|informations?|détails|contexte|précisions?|clarifications?|
    informazioni|dettagli|contesto|chiarimenti|instrucciones|instruções)
(?:información|informaç(?:ão|ões)|informations?|informazioni|detalles|detalhes|contexto|contexte|
    contesto)(?: \w+)? (?:insuficientes?|insuffisante?s?|insufficient[ei]|adicional(?:es)? (?:requerid\w+|
    necesari\w+)|adicionais necessári\w+|supplémentaires? (?:requise?s?|nécessaires?))$
^(?:esperando|a la espera|en espera|aguardando|à espera|en attente|in attesa)(?: [\w']+){0,5}$
(?:solicitud|petición|solicitação|pedido|demande|requête|richiesta|tarea|tarefa|respuesta|resposta|
    réponse)s? (?:ha sido |foi |a été |est |es |é |è stata )?(?:rechazad[oa]|denegad[oa]|recusad[oa]|negad[oa]|
    refusée?|rejetée?|rifiutat[oa]|bloquead[oa]|bloquée?|rejeitad[oa])$
(?:infringe|viola|incumple|va contra|contra|contraria a|violation de|enfreint|viole|contraire (?:aux?|à)|
    viola|viole|fere|violação|violación|violazione)(?: \w+){0,4}? ?(?:políticas?|normas|directrices|reglas|
    términos|diretrizes|termos|regras|règles|politiques?|conditions|directives|politiche|regole|linee guida|
    principes|principios)
^(?:negativa|rechazo|recusa|refus|rifiuto)(?: (?:a|de|di|d)[' ]?(?:ayudar|ajudar|aider|assister|aiutare|
    responder|répondre|asistir|colaborar|ajuda|ayuda|aide|assistance|la solicitud|atender).*)?$
^(?:saludo|saudação|salutation|saluto|salutations)(?: (?:del|do|de|dell)[ ']?(?:usuario|usuário|
    l'utilisateur|utilisateur|utente))?$
^(?:consulta|pregunta|pergunta|question|domanda|solicitud|demande|mensaje|mensagem|message) (?:general|
    geral|générale|generale|del usuario|do usuário|de l'utilisateur|dell'utente)$
^(?:compartir|comparte|compartilhe|comparta|pegue|pega|cole|copie|copiez|collez|fournissez|partagez|
    précisez|proporciona|proporcione|forneça|envíe|envie|envoyez|indica|indique|indiquez|especifica|especifique|
    fornisci|condividi|incolla|descreva|describe|décrivez|informe) (?:(?:el|la|los|las|o|a|os|as|le|les|l'|il|
    lo|más|mais|plus|de|d'|aqui|aquí|ici) ?)+(?:[\w']+ ?){0,5}
"""

PLACEHOLDER = r"""
sin (?:título|titulo|nombre)|nombre(?: de(?: la)? tarea)?|tarea(?: sin (?:título|nombre))?|
    título(?: de la tarea)?|nombre (?:visible|para mostrar)|desconocid[oa]|ningun[oa]|nada|no aplica|
    nueva tarea|error|omitir|ejemplo|sí|no|solicitud|saltar
sem (?:título|nome)|nome(?: da tarefa)?|tarefa(?: sem (?:título|nome))?|título(?: da tarefa)?|
    nome de exibição|desconhecid[oa]|nenhum[a]?|não aplicável|nova tarefa|erro|pular|exemplo|sim|não
sans (?:titre|nom)|nom(?: de la tâche| d'affichage)?|tâche(?: sans (?:titre|nom))?|titre(?: de la tâche)?|
    inconnue?|aucun(?:e)?|rien|nouvelle tâche|erreur|exemple|passer|oui|non
senza (?:titolo|nome)|nome(?: del(?: compito|l'attività))?|compito|attività|titolo|sconosciut[oa]|
    nessun[oa]?|nuov[oa] (?:compito|attività)|errore|esempio
"""

FAILURE = r"""
no (?:puc|funciona|es pot)|nu \w+|eroare\w*|erori|problem\w*|lent\w*
no \w+|no (?:puedo|se puede|puede|pueden|funciona|va|carga|abre|conecta|arranca|es posible|aparece|llega|
    deja|responde|hay)|imposible|fall[aoe]\w*|error\w*|roto|rota|problemas?|rechaza\w*|se (?:cuelga|cae|corta|
    bloquea)|truncad\w+|lento|lenta|falta\w*|no encuentra|incorrect\w+|denegad\w+
não \w+|não (?:consigo|posso|funciona|abre|carrega|conecta|acessa|é possível|consegue|aparece|responde|há|
    está|salva)|impossível|falh\w+|erros?|quebrad\w+|problemas?|recusa\w*|trava\w*|cai|lent[oa]|faltam?|
    errad\w+|negad\w+
ne \w+|n'\w+|ne (?:peux|peut|marche|fonctionne|charge|s'ouvre|répond|parvient|passe|s'affiche)|n'(?:arrive|
    accède|est|affiche|ouvre|y)|impossible|échou\w+|échec\w*|erreurs?|cassé\w*|problèmes?|refus\w*|plante\w*|
    bloqu\w+|lent\w*|tronqu\w+|manqu\w+|aucun\w*|en panne
non \w+|non (?:funziona|riesco|posso|si|va|carica|apre)|impossibile|fallisc\w+|fallit\w+|errori?|rott[oa]|
    problem[ai]|rifiut\w+|blocc\w+
"""

OVERRIDE = r"""
(?:ignora|olvida|omite|ignore|esqueça|esquece|desconsidere|oublie|oubliez|ignorez|dimentica|descarta|
    ignorar|haz caso omiso de)(?: \w+){0,4}? (?:instrucciones|instruções|instructions|consignes|istruzioni|
    reglas|regras|règles|regole|órdenes|ordens|indicaciones|anterior(?:es)?|précédent\w*|precedent\w*)
(?:ahora eres|agora você é|tu es maintenant|vous êtes maintenant|ora sei|nuevas instrucciones|
    novas instruções|nouvelles instructions|nuove istruzioni|a partir de ahora|a partir de agora|désormais)
"""

DEMAND = r"""
(?:responde|responda|contesta|di|escribe|imprime|devuelve|diga|escreva|imprima|retorne|réponds|répondez|dis|
    écris|affiche|renvoie|rispondi|scrivi|dì|stampa)(?: \w+){0,2}?(?: solo| sólo| solamente| únicamente| apenas|
     somente| uniquement| seulement| soltanto| exactamente| exactement)?(?: con| com| avec| par)?(?: la palabra|
     a palavra| le mot| la parola| o texto| el texto)?
"""

THINGS = r"""
aquí|acá|aqui|ici|qui|aici|périmètre|alcance|escopo|ambito|perimetro|domeniu
pièce jointe|pièces jointes|dépôt|ticket|référentiel|repositorio|repositório|repository|fichiers?|ressource|recurso|
    risorsa|sujet|tema|assunto|
    argomento|anexos?|allegat[oi]|billet
código|code|codi|codice|cod|codul|proyecto|projeto|projet|progetto|proiect|imagen|imagem|image|immagine|imagine|
    captura|capture|
    transcripción|transcrição|transcription|trascrizione|enviad[oa]s?|envoyée?s?|transmise?s?|inviat[oa]|trimis\w*|
    furnizat\w*|
    descripción|descrição|descrizione|descriere|ha|avea|fost|stato|stata
éthiqu\w+|étic[oa]s?|etic[oa]|motivos?|raisons?|ilegal\w*|illégal\w*|illegal\w*|qué|quel\w*|cosa|quê|objet|
    exactamente|exactement
fișier\w*|model|nombrar|nomear|nommer|nominare|denominare|tasca|petició|missatge|fitxer|adjunto|adjunta|anexad[oa]|
    anexo|
    joint|allegat[oa]|clarificare|specificat\w*|titlu\w*|historial|histórico|historique|cronologia|previo|previa|
    anterior\w*|
    précédent\w*|precedent\w*|ia
(?:enllaç|pàgina|lloc|informació|sol·licitud|sol|licitud|missatge|context|detall|contingut|accedir|obrir|accés|
    més|clar[ao]?|
    disponible|a|l|es|pot|està|suficient)s?
(?:link|pagin|informați|detali|cerere|cerer|mesaj|context|sarcin|conținut|acces|accesa|deschi|mai mult|clar|
    disponibil|suficient|
    accesibil|utilizator|este|sunt|poate|pot)\w{0,4}
(?:mensaje|solicitud|solicitude|petición|peticione|tarea|tema|contexto|contenido|texto|pregunta|entrada|
    instrucción|instruccione|intención|información|descripción|consulta|asunto|objetivo|enlace|página|sitio|web|
    internet|externo|externa|documento|archivo|usuario|título|nombre|acceso|abrir|leer|ver|acceder|clar[oa]|
    concret[oa]|válid[oa]|específic[oa]|definid[oa]|proporcionad[oa]|identificad[oa]|identificable|
    reconocid[oa]|detectad[oa]|encontrad[oa]|disponible|accesible|posible|sentido|significado|más|detalle|
    aleatori[oa]|teclado|caractere|hay|está|es|fue|puede|pudo|se|ninguna?|ningún|compartid[oa]|entendible|
    comprensible|una?)s?
(?:mensagem|mensagen|solicitação|pedido|tarefa|assunto|conteúdo|texto|pergunta|instrução|intenção|
    informação|informaçõe|descrição|link|site|externo|externa|arquivo|usuário|utilizador|nome|acesso|ler|
    clar[oa]|específic[oa]|válid[oa]|definid[oa]|fornecid[oa]|identificad[oa]|identificável|reconhecid[oa]|
    detectad[oa]|disponível|acessível|possível|significado|mais|detalhe|aleatóri[oa]|teclado|há|foi|é|pôde|
    nenhum|nenhuma|uma?|compreensível)s?
(?:message|demande|tâche|sujet|contexte|contenu|texte|question|requête|instruction|intention|information|
    description|saisie|phrase|objectif|lien|page|site|externe|document|fichier|utilisateur|titre|nom|accès|
    ouvrir|lire|voir|accéder|claire?|précise?|valide|spécifiée?|définie?|fournie?|identifiée?|identifiable|
    reconnue?|détectée?|trouvée?|disponible|accessible|possible|sens|plus|détail|précision|aléatoire|clavier|
    caractère|est|été|n'est|n'a|peut|compréhensible|exploitable|intelligible|au|aux|on|sait|quoi|que)s?
(?:messaggio|richiesta|compito|contesto|contenuto|testo|domanda|argomento|attività|informazioni|istruzioni|
    descrizione|collegamento|pagina|sito|esterno|esterni|utente|titolo|nome|accesso|aprire|leggere|chiar[oa]|
    valid[oa]|specific[oa]|fornit[oa]|identificat[oa]|riconosciut[oa]|disponibile|accessibile|possibile|senso|
    più|dettagli|casuale|tastiera|input|significato)
"""

LACKS = r"""
pega|pegue|copia|copie|cole|copiez|collez|incolla|copia|lipește|lipiți|lipește|indefinid[oa]s?|à définir
introuvables?|à préciser|à clarifier|rejetée?s?|bloquée?s?|peu claire?s?|flous?|floues?|trop (?:vague|court|général)\w*|
    illégales?|interdite?s?|
    ilegible\w*|por (?:aclarar|definir|especificar)|faltantes?|bloquead[oa]s?|prohibid[oa]s?|demasiado \w+|
    ilegíve\w+|a esclarecer|a definir|
    pouco clar[oa]s?|proibid[oa]s?|muito vag[oa]s?|illeggibil[ei]|negat[oaie]|bloccat[oaie]|da (?:chiarire|definire|
    specificare)|
    poco chiar[oaie]|vietat[oaie]|troppo \w+|indispensables?|hors (?:de portée|sujet)|privée?s?
ausentes?|ausência|absent[es]*|absence|assente|nici|niciun|nicio|alcun[oa]?
contraires?|contrari[oa]s?|denegad[oa]s?|negad[oa]s?|refus|rechazo|recusa|rifiuto
nada|rien|niente|nulla|vací[oa]s?|vazi[oa]s?|vides?|vuot[oaie]|buit|buida|gol|goală|esclareciment\w+|chiariment\w+|
    clarificat\w+|rebutja\w+|respins\w*|nespecificat\w*|neatașat\w*|nedefinit\w*|no especificad[oa]|incomprensibl\w+
cal|calen|falta|sense|poc clar[ao]?|nu|fără|lipsă|lipse\w+|neclar\w*|insuficient\w*|incomplet\w*|necesar\w*|
    imposibil\w*|
    inaccesibil\w*|indisponibil\w*|nevoie
no|sin|ningun[oa]?|ningún|falta|faltan|poco clar[oa]s?|incomplet[oa]s?|inválid[oa]s?|desconocid[oa]s?|
    ambigu[oa]s?|vag[oa]s?|insuficientes?|imposible|inaccesibles?|incomprensibles?|necesari[oa]s?|
    requerid[oa]s?|necesita|requiere|rechazad[oa]s?|truncad[oa]s?|restringid[oa]s?|esperando|incoherentes?|
    aleatori[oa]s?|saludo|aclaración|sinsentido|carece|ausentes?
não|sem|nenhum[a]?|faltam|inválid[oa]s?|desconhecid[oa]s?|impossível|inacessíve\w+|incompreensíve\w+|
    necessári[oa]s?|precisa|recusad[oa]s?|restrit[oa]s?|aguardando|saudação|indisponíve\w+|aleatóri[oa]s?
pas|sans|aucune?|manquante?s?|manque|incompl(?:et|ète)s?|invalides?|inconnue?s?|ambigu\w*|vagues?|
    insuffisante?s?|impossible|inaccessibles?|incompréhensibles?|nécessaires?|requise?s?|refusée?s?|tronquée?s?|
    dénuée?s?|dépourvue?s?|attente|incohérente?s?|aléatoires?|non|imprécise?s?|indisponibles?|salutations?|
    illisibles?
non|senza|nessun[oa]?|mancante|mancanti|incomplet[oa]|insufficient[ei]|impossibile|inaccessibile|
    incomprensibile|necessari[oaei]|richiest[oaei]|rifiutat[oa]|privo|priva|sconosciut[oa]|casuali?
"""

WORK = r"""
adăug\w+|repar\w+|corect\w+|îmbunătăț\w+|afegi\w+|millor\w+
affich\w*|gestion|gestión|gestão|correction|création|suppression|(?:re)?diseñ\w+|arregl\w+|corregi\w+|correg\w+|
    añad\w+|agreg\w+|implement\w+|mejor\w+|corrig\w+|redesen\w+|
    adicion\w+|melhor\w+|corrig\w+|ajout\w+|refonte|amélior\w+|implément\w+|aggiung\w+|miglior\w+|botón|botão|
    bouton|pulsante
"""

TURNS = r"""
saludos?|saluto|saudação|salutations?|genérico|generico|générique|général\w*|general|geral|agradecimiento|
    agradecimento|remerciements?|
    ringraziamento|pregunta|pergunta|question|domanda|respuesta|resposta|réponse|risposta|conversación|conversa|
    conversation|conversazione|
    solicitud|pedido|demande|richiesta|aclaración|esclarecimento|clarification|título|titre|titolo|tarea|tarefa|tâche
"""
