"""Spanish, Portuguese, French, Italian, Catalan and Romanian words."""

SMALL = {
    "es": """
el la los las un una unos unas de del en y o por para con sin que es son no se lo su sus al mi mis como cuando donde
pero más muy este esta estos estas ese esa esto eso hay ya si sobre desde hasta entre le les me te nos ha han ser está
están puede pueden quiero necesito cada todos toda todas también porque qué cómo cuál a haz usted favor
""",
    "pt": """
o a os as um uma uns umas de do da dos das no na nos nas em e ou por para sem que é são não se ao aos à às meu
minha seu sua como quando onde mas mais muito este esta esse essa isto isso há já sobre desde até entre lhe me ele ela
ser está estão pode podem quero preciso cada todos toda todas também porque pelo pela num numa depois antes você
""",
    "fr": """
le la les un une des de du d l en et ou par pour avec sans que qui est sont ne pas se au aux mon ma mes ton ta tes son
sa ses notre nos votre vos leur ce cet cette ces quand où mais plus très il elle ils elles on nous vous je tu y sur
dans chez entre vers depuis jusqu a à être ont peut peux faut chaque tout tous toute toutes aussi parce
pourquoi quoi si lors après avant qu n s c j m
""",
    "it": """
il lo la i gli le un uno una di del dello della dei degli delle in nel nella nei nelle e ed o da dal dalla con senza
che è sono non si al allo alla ai alle per su sul sulla mio mia come quando dove ma più molto questo questa questi
queste quello c ho ha hanno essere può possono voglio devo ogni tutto tutti tutta anche perché cosa tra fra dopo prima
""",
    "ca": """
el la els les un una uns unes de del dels al als en i o per amb sense que és són no es ho seu seva quan on però
més molt aquest aquesta aquests això hi ha ja si sobre des fins entre li vull necessito cada tot tots també perquè
""",
    "ro": """
un o ale al a lui lor de din la în pe cu fără și sau pentru că care este sunt nu se mai foarte acest această aceste
când unde dar cum ce prin după înainte între spre fi să îmi mi te vă rog trebuie poate toate toți când ca într
""",
}

WORK = {
    "es": """
arregla arreglar arreglo corrige corregir corrección añade añadir añadido agrega agregar crea crear creación haz hacer
hacen implementa implementar mejora mejorar quita quitar elimina eliminar borra borrar borrado actualiza actualizar
cambia cambiar muestra mostrar escribe escribir revisa revisar explica explicar busca buscar optimiza optimizar
acelera acelerar configura configurar instala instalar envía enviar guarda guardar carga cargar falla fallan fallo
funciona funcionan convierte convertir genera generar migra migrar traduce traducir soluciona solucionar resolver
investiga investigar actúa diseña diseñar permite permitir evita evitar reemplaza reemplazar sube subir prepara pon
organiza organizar analiza analizar depurar verificar conectar
""",
    "pt": """
corrige corrigir corrija correção conserta consertar conserto adiciona adicionar adicione cria criar crie faz fazer
faça implementa implementar implemente melhora melhorar melhore remove remover remova exclui excluir apaga apagar
apague atualiza atualizar atualize muda mudar mostra mostrar mostre escreve escrever escreva revisa revisar explica
explicar explique busca buscar otimiza otimizar acelera acelerar configura configurar instala instalar envia enviar
salva salvar carrega carregar falha falham funciona funcionam converte converter gera gerar gere migra migrar
resolver investigar quebrou listar permitir evitar trocar verificar fixado analisar organizar
""",
    "fr": """
corrige corriger correction répare réparer ajoute ajouter ajout crée créer création fais faire fait implémente
implémenter améliore améliorer supprime supprimer suppression enlève enlever retire retirer met mets mettre mise jour
change changer affiche afficher écris écrire relis expliquer explique cherche chercher optimise optimiser accélère
accélérer configure configurer installe installer envoie envoyer enregistrer charge charger échoue échouent fonctionne
fonctionnent marche convertir génère générer migrer traduire traduis résoudre rends rendre refonte vérifie vérifier
remplace remplacer reproduire regarde regarder examiner ouvrir fermer
""",
    "it": """
sistema sistemare correggi correggere correzione aggiungi aggiungere aggiunta crea creare creazione fai fare
implementa implementare migliora migliorare rimuovi rimuovere elimina eliminare cancella cancellare aggiorna aggiornare
cambia cambiare mostra mostrare scrivi scrivere scriva spiega spiegare cerca cercare ottimizza ottimizzare velocizza
velocizzare configura configurare installa installare invia inviare salva salvare carica caricare fallisce falliscono
funziona funzionano converti convertire genera generare migrare risolvi risolvere verifica verificare scarica scaricare
controlla controllare
""",
    "ca": """
arregla arreglar corregeix corregir afegeix afegir crea crear fes fer implementa implementar millora millorar elimina
eliminar esborra actualitza actualitzar canvia mostra escriu revisa explica cerca falla funciona
""",
    "ro": """
repară repara reparare corectează corectare adaugă adăugare creează creare fă implementează implementare îmbunătățește
îmbunătățire șterge ștergere elimină actualizează actualizare schimbă arată scrie verifică explică caută optimizează
optimizare configurează instalează trimite salvează încarcă funcționează accelerează
""",
}

THINGS = {
    "es": """
página páginas botón botones usuario usuarios error errores mensaje mensajes ajustes configuración cliente clientes
pedido pedidos factura facturas pago pagos archivo archivos fichero ficheros lista listado tabla formulario campo
cuenta contraseña inicio sesión problema problemas falta faltan roto lento lenta rápido rápida vacío nuevo nueva viejo
temporales inválido autenticación conexión datos base sitio pantalla vista imagen imágenes documento documentos informe
precio precios producto productos proyecto tarea tareas idioma nombre dirección número tiempo día semana mes año
teléfono móvil solicitud respuesta ejemplo ejemplos prueba pruebas código función carrito compra búsqueda correo
correos descarga rendimiento servidor contacto
""",
    "pt": """
página páginas botão botões usuário usuários utilizador erro erros mensagem mensagens configurações configuração
ajustes cliente clientes pedido pedidos fatura faturas nota pagamento pagamentos arquivo arquivos ficheiro lista
listagem tabela formulário campo conta senha início sessão problema problemas falta faltam lento lenta rápido vazio
novo nova velho temporários inválido autenticação conexão dados banco tela imagem imagens documento documentos
relatório preço preços produto produtos projeto tarefa tarefas idioma nome endereço número dia semana mês ano
telefone celular solicitação resposta exemplo teste testes código função carrinho compra pesquisa correio desempenho
servidor contato cadastro país aluno
""",
    "fr": """
page pages bouton boutons utilisateur utilisateurs erreur erreurs message messages paramètres réglages
commande commandes facture factures paiement paiements fichier fichiers liste tableau formulaire champ champs compte
mot passe accueil connexion déconnexion problème problèmes manque manquant cassé lent lente rapide vide nouveau nouvelle
ancien temporaires invalide authentification données base écran vue image images document documents prix
produit produits projet tâche tâches langue nom adresse numéro temps jour semaine mois année téléphone mobile demande
réponse exemple exemples test tests fonction panier achat recherche courriel lien téléchargement télécharger serveur
documentation notification notifications validation confirmation performance performances question questions table
contact support guide article articles options option
support comparaison documentation table
""",
    "it": """
pagina pagine pulsante bottone utente utenti errore errori messaggio messaggi impostazioni cliente clienti ordine
ordini fattura fatture pagamento pagamenti file lista elenco tabella modulo campo campi conto password iniziale accesso
problema problemi manca mancano rotto lento lenta veloce vuoto nuovo nuova vecchio temporanei autenticazione
connessione dati sito schermata vista immagine immagini documento documenti rapporto prezzo prezzi prodotto prodotti
progetto attività lingua nome indirizzo numero giorno settimana mese anno telefono richiesta risposta esempio
esempi prova test codice funzione carrello acquisto ricerca posta prestazioni mobile performance report
""",
    "ca": """
pàgina botó usuari usuaris error errors missatge configuració client comanda factura fitxer llista formulari compte
contrasenya sessió lent nou cerca
""",
    "ro": """
pagină pagina pagini buton butonul butonului utilizator utilizatori utilizatorilor eroare eroarea erori mesaj mesaje
mesajele setări setărilor clienți comandă comenzi factură facturi plată plăți fișier fișiere listă formular
formularul cont parolă autentificare căutare căutarea lent nou nouă imagine test teste testele coș produse
""",
}

LETTERS = {
    "es": "ñáíóú¿¡",
    "pt": "ãõçáâêí",
    "fr": "éèêàâçùûîôœ",
    "it": "àèìòù",
    "ca": "çàèéíòóú",
    "ro": "șțăâîşţ",
}
ENDINGS = {
    "es": "ar|cion|ciones|ados?|adas?|idos?|idas?|mente|dad|miento|dores?",
    "pt": "ar|cao|coes|ados?|adas?|idos?|idas?|mente|dade|mento|dores?",
    "fr": "eurs?|ifier|iser|oyer|ement|ees?",
    "it": "zione|zioni|mento|ita|iere|ato|ata|ati",
    "ca": "cio|cions|ar|ment|tat",
    "ro": "are|ului|ilor|uri|eaza|este",
}
