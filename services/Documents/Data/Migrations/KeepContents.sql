CREATE TABLE document_contents (
    document_id uuid NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT pk_document_contents PRIMARY KEY (document_id),
    CONSTRAINT fk_document_contents_documents_document_id FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE RESTRICT
);


INSERT INTO document_contents (document_id, content) SELECT id, content FROM documents;


ALTER TABLE documents ADD size integer;
UPDATE documents SET size = octet_length(content);
ALTER TABLE documents ALTER size SET NOT NULL;
ALTER TABLE documents DROP content;


-- Why a signed receipt was replaced before any move had used it.
ALTER TABLE documents ADD replaced_for text;


-- Of scans that were attached from now on.
ALTER TABLE signatures ADD scan_sha256 text;
